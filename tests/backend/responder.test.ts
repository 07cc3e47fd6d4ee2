import MiniSearch from 'minisearch';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ENTRIES, THEMES } from '../../src/backend/knowledge/themes.ts';
import { RESPONDER_NAME, reply } from '../../src/backend/responder.ts';
import { MAX_PROMPT_LENGTH } from '../../src/contract/chat.ts';

const MODEL_DISCLAIMER = 'not a language model';

describe('the notes', () => {
  const ids = ENTRIES.map((entry) => entry.id);

  it('have unique IDs and unique questions', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const questions = ENTRIES.flatMap((entry) => entry.questions);
    expect(new Set(questions).size).toBe(questions.length);
    expect(THEMES.every((theme) => theme.entries.length > 0)).toBe(true);
  });

  it.each(ENTRIES.map((entry) => [entry.id, entry] as const))('%s is whole', (id, entry) => {
    expect(entry.related.filter((other) => other === id || !ids.includes(other))).toEqual([]);
    const words = entry.body.split(/\s+/).length;
    expect(words).toBeGreaterThan(110);
    expect(words).toBeLessThan(400);
    const fences = entry.body.split('\n').filter((line) => line.trimStart().startsWith('```'));
    expect(fences.length % 2).toBe(0);
    expect(fences.filter((_, index) => index % 2 === 0)).toEqual(
      fences.filter((_, index) => index % 2 === 0 && /^```[a-z]+$/.test(fences[index]?.trim() ?? '')),
    );
    expect(entry.body).not.toMatch(/^#{1,2} /m);
    expect(entry.body).toBe(entry.body.trim());
  });

  it.each(ENTRIES.flatMap((entry) => entry.questions.map((question) => [question, entry.id] as const)))(
    'answer their own question: %s',
    (question, id) => {
      expect(reply(question)).toMatchObject({ type: 'answer', entryIds: [id] });
    },
  );
});

describe('a question in other words', () => {
  it.each([
    ['explain http streaming to me', 'http-streaming'],
    ['whats chunked transfer encoding', 'http-streaming'],
    ['which transport is best for live notifications?', 'choosing'],
    ['server sent events', 'sse'],
    ['tell me about websockets', 'websocket'],
    ['long pollling', 'long-polling'],
    ['QUIC datagrams in the browser', 'webtransport'],
    ['newline delimited json', 'ndjson'],
    ['everything arrives at once at the end, why', 'arrives-at-once'],
    ['why is my streem bufered', 'arrives-at-once'],
    ['nginx config for event streams', 'nginx'],
    ['X-Accel-Buffering', 'nginx'],
    ['gzip breaks my events', 'compression'],
    ['curl no buffer flag', 'curl'],
    ['cloudflare buffers my stream', 'dev-servers-and-cdns'],
    ['fastapi StreamingResponse example', 'fastapi'],
    ['fastpi streamingresponse', 'fastapi'],
    ['sse-starlette ping', 'event-source-response'],
    ['django StreamingHttpResponse under ASGI', 'django'],
    ['flask generator', 'flask'],
    ['express res.write drain', 'node'],
    ['hono streamSSE', 'hono'],
    ['golang flusher', 'go'],
    ['how does the server know the client disconnected', 'server-cancel'],
    ['export a huge table without running out of memory', 'memory-low'],
    ['what does backpresure mean', 'server-backpressure'],
    ['ReadableStream getReader byob', 'browser-backpressure'],
    ['what is the retry field for', 'event-fields'],
    ['heartbeat interval', 'heartbeat'],
    ['Last-Event-ID', 'last-event-id'],
    ['resume without missing events', 'last-event-id'],
    ['exponential backoff', 'reconnect'],
    ['exception in the middle of the stream', 'errors-after-first-byte'],
    ['EventSource with POST', 'eventsource-limits'],
    ['@microsoft/fetch-event-source', 'fetch-clients'],
    ['six connections limit', 'six-connections'],
    ['SharedWorker for all tabs', 'six-connections'],
    ['bearer token for an event source', 'sse-auth'],
    ['cross-origin stream blocked by CORS', 'cors'],
    ['AbortController', 'abort'],
    ['inject a fault into a stream', 'streamscope-faults'],
    ['simulate a buffering proxy to test my client', 'streamscope-faults'],
    ['connection is cut after 60 seconds', 'idle-timeouts'],
    ['how many concurrent connections can a server hold', 'load-balancers'],
    ['lambda response streaming', 'serverless'],
    ['XSS in streamed text', 'security'],
    ['progress bar goes past 100%', 'download-progress'],
    ['If-Range and ETag', 'range-resume'],
    ['stream csv', 'exports'],
    ['incremental JSON parser', 'json-array'],
    ['stream tokens from an LLM', 'llm-tokens'],
    ['[DONE] openai', 'openai-format'],
    ['markdown flickers while streaming', 'markdown-streaming'],
    ['requestAnimationFrame batching', 'fast-rendering'],
    ['time to first byte', 'ttfb'],
    ['how to test sse endpoints with vitest', 'testing'],
    ['what do the panels show', 'streamscope'],
    ['list the endpoints', 'streamscope-paths'],
    ['use my own fastapi backend with streamscope', 'streamscope-backend'],
    ['Hello! How do I keep memory low?', 'memory-low'],
  ])('%s', (question, id) => {
    expect(reply(question)).toMatchObject({ type: 'answer', entryIds: [id] });
  });
});

describe('a comparison', () => {
  it.each([
    ['SSE vs WebSocket', ['sse', 'websocket']],
    ['What is the difference between NDJSON and a JSON array?', ['ndjson', 'json-array']],
    ['websockets or long polling?', ['websocket', 'long-polling']],
    ['compare FastAPI with Flask', ['fastapi', 'flask']],
    ['Is EventSource better than fetch?', ['eventsource-limits', 'fetch-clients']],
  ])('%s is made of both notes', (question, ids) => {
    const { type, entryIds, text } = reply(question);
    expect({ type, entryIds }).toEqual({ type: 'comparison', entryIds: ids });
    for (const id of ids) {
      expect(text).toContain(`### ${ENTRIES.find((entry) => entry.id === id)?.title}`);
    }
  });

  it('puts strengths side by side where both notes have them', () => {
    expect(reply('SSE vs WebSocket').text).toContain('| good at | live feeds to browsers');
    expect(reply('compare FastAPI with Flask').text).not.toContain('| good at |');
  });

  it('leaves a question that merely holds an "or" to one note', () => {
    expect(reply('does a stall or a cut lose events without Last-Event-ID').type).toBe('answer');
  });
});

describe('honesty', () => {
  it.each(['What is SSE?', 'SSE vs WebSocket', 'hello', 'who are you', '   ', 'How do I bake bread?'])(
    'says in the reply to "%s" that no model made it',
    (prompt) => {
      expect(reply(prompt).text).toContain(MODEL_DISCLAIMER);
    },
  );

  it.each([
    'How do I bake bread?',
    'What is the capital of France?',
    'Who won the football world cup?',
    'Which music should I stream on Netflix?',
    'write a poem about the sea',
    'asdf qwertz',
    'Wie ist das Wetter morgen?',
    '12345',
    '???',
    '🙂',
  ])('says plainly that it found nothing: %s', (prompt) => {
    const { type, text } = reply(prompt);
    expect(type).toBe('unknown');
    expect(text).toMatch(/^I found nothing about that\./);
    for (const { title } of THEMES) expect(text).toContain(`**${title}**`);
  });

  it('names itself as something else than a model', () => {
    expect(RESPONDER_NAME).toContain('not a model');
  });
});

describe('small talk', () => {
  it.each([
    ['hi', 'greeting'],
    ['Hello there!', 'greeting'],
    ['thanks', 'greeting'],
    ['What can you do?', 'introduction'],
    ['who are you', 'introduction'],
    ['are you an AI?', 'introduction'],
    ['Hey, what can I ask?', 'introduction'],
    ['help', 'introduction'],
    [' \n ', 'empty'],
  ])('%s', (prompt, type) => {
    expect(reply(prompt).type).toBe(type);
  });
});

describe('every answer', () => {
  it('ends with two questions to ask next, which it can answer', () => {
    const { text } = reply('What is SSE?');
    const next = text.split('**You could ask next**')[1] ?? '';
    const questions = [...next.matchAll(/^- (.+)$/gm)].map((match) => match[1] ?? '');
    expect(questions).toHaveLength(2);
    for (const question of questions) expect(reply(question).type).toBe('answer');
  });

  it('is the same for the same prompt', () => {
    for (const prompt of ['bufering', 'SSE vs WebSocket', 'no such thing']) {
      expect(reply(prompt)).toEqual(reply(prompt));
    }
  });
});

describe('the work of an answer', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** How many terms each search for a prompt looks for. */
  function searchesFor(prompt: string): number[] {
    const search = vi.spyOn(MiniSearch.prototype, 'search');
    reply(prompt);
    return search.mock.calls.map(([query]) => String(query).split(' ').length);
  }

  const longWords = (count: number, first = 0) =>
    Array.from({ length: count }, (_, index) => `streamable${(first + index) ** 5 % 99_991}`).join(' ');

  it('is one search, of each word once', () => {
    expect(searchesFor('nginx buffering, buffering nginx: NGINX?')).toEqual([2]);
  });

  it('is one search of 40 words for a long prompt', () => {
    const prompt = longWords(300).slice(0, MAX_PROMPT_LENGTH);
    expect(prompt.length).toBe(MAX_PROMPT_LENGTH);
    expect(searchesFor(prompt)).toEqual([40]);
  });

  it('is three of them for a comparison of long texts', () => {
    expect(searchesFor(`${longWords(110)} vs ${longWords(110, 110)}`)).toEqual([40, 40, 40]);
  });
});
