import { env } from 'node:process';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tolerantChatEventSchema } from '../../src/contract/chat.ts';
import { tolerantComparisonRowSchema } from '../../src/contract/comparison.ts';
import { tolerantHealthSchema } from '../../src/contract/health.ts';
import { DUMMY_EVENT_TYPES, sampleObjectSchema } from '../../src/contract/samples.ts';
import { TASK_COMPLETE_DATA, TASK_COMPLETE_EVENT, tolerantProgressSchema } from '../../src/contract/tasks.ts';
import { tolerantQuoteSchema } from '../../src/contract/ticker.ts';
import { type FastApiServer, findPython, startFastApi } from '../fixtures/fastapi-server.ts';

const python = findPython();
const why = 'SKIPPED: no Python with fastapi and uvicorn (Debian: python3-fastapi python3-uvicorn)';

// Where it can be installed it has to be; elsewhere a person sees what was not run.
if (python === null) {
  it(why, (context) => {
    if (env.CI) throw new Error(why);
    process.stderr.write(`\n${why}\n`);
    context.skip(why);
  });
}

describe.skipIf(python === null)('a plain FastAPI backend', () => {
  let server: FastApiServer;
  beforeAll(async () => {
    server = await startFastApi();
  }, 30_000);
  afterAll(async () => {
    await server?.stop();
  });

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { headers, signal: AbortSignal.timeout(10_000) });
  const textOf = async (path: string) => (await ask(path)).text();
  const eventsOf = async (path: string, headers: Record<string, string> = {}) => {
    const response = await ask(path, headers);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    return parseEvents(await response.text());
  };

  it.each(['/health', '/'])('%s says that it is up', async (path) => {
    const response = await ask(path, { accept: 'application/json' });
    expect(tolerantHealthSchema.parse(await response.json())).toEqual({ status: 'ok' });
  });

  it('lets a page of any origin read it', async () => {
    const response = await ask('/health', { origin: 'http://elsewhere.example' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    await response.body?.cancel();
  });

  it('streams prices of the symbols asked for', async () => {
    const events = await firstEvents(await ask('/stream/stock-ticker?symbols=AAPL,MSFT&rate=500'), 20);
    const quotes = events.map(({ data }) => tolerantQuoteSchema.parse(JSON.parse(data)));
    expect([...new Set(quotes.map(({ stock }) => stock))].sort()).toEqual(['AAPL', 'MSFT']);
    expect(events.every(({ id }) => id === undefined)).toBe(true);
  });

  it('streams log lines as plain text in events', async () => {
    const events = await firstEvents(await ask('/stream/live-logs?rate=500'), 5);
    expect(events.map(({ data }) => data)).toContain('[ERROR] Something failed');
  });

  it('streams log lines as plain text', async () => {
    const text = await firstText(await ask('/logs?rate=500'), (soFar) => soFar.includes('[ERROR]'));
    expect(text.split('\n')[0]).toBe('[INFO] Application started');
  });

  it.each(['/ai/chat-stream', '/chat-stream'])('%s replies in plain text', async (path) => {
    expect(await textOf(`${path}?prompt=a%20b&rate=1000`)).toMatch(/^You said: \*\*a b\*\*\./);
  });

  it.each(['token', 'content', 'delta', 'text'])('replies in events of the form {%s}', async (form) => {
    const events = await eventsOf(`/ai/chat-stream-sse?rate=1000&form=${form}`);
    expect(events.at(-1)?.data).toBe('[DONE]');
    const tokens = events.slice(0, -1).map(({ data }) => tolerantChatEventSchema.parse(JSON.parse(data)));
    expect(tokens[0]).toEqual({ [form]: 'You ' });
  });

  it('replies in events of bare text', async () => {
    const events = await eventsOf('/ai/chat-stream-sse?rate=1000&form=bare');
    expect([events[0]?.data, events.at(-1)?.data]).toEqual(['You ', '[DONE]']);
  });

  it('replies in the form that its environment names', async () => {
    const other = await startFastApi({ environment: { CHAT_FORM: 'delta' } });
    try {
      const response = await fetch(`${other.url}/ai/chat-stream-sse?rate=1000`);
      expect(parseEvents(await response.text())[0]?.data).toBe('{"delta": "You "}');
    } finally {
      await other.stop();
    }
    await expect(fetch(`${other.url}/health`)).rejects.toThrow();
  }, 30_000);

  it('tells the progress of a task, then its end', async () => {
    const events = await eventsOf('/process/long-task?steps=4&delay=0');
    const last = events.pop();
    expect(last).toMatchObject({ event: TASK_COMPLETE_EVENT, data: TASK_COMPLETE_DATA });
    const progress = events.map(({ data }) => tolerantProgressSchema.parse(JSON.parse(data)).progress);
    expect(progress).toEqual([25, 50, 75, 100]);
  });

  it('tells a short progress as JSON or as text', async () => {
    const events = await eventsOf('/progress?delay=0');
    expect(tolerantProgressSchema.parse(JSON.parse(events[4]?.data ?? ''))).toEqual({
      progress: 100,
      step: 5,
    });
    expect((await eventsOf('/progress?delay=0&format=text'))[0]?.data).toBe('Progress: 20%');
  });

  it.each(['/download/large-file', '/download', '/stream/large-data'])(
    '%s sends as many bytes as asked for, and no length or ranges',
    async (path) => {
      const response = await ask(`${path}?size=200001`, { range: 'bytes=100-' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-length')).toBeNull();
      expect((await response.arrayBuffer()).byteLength).toBe(200_001);
    },
  );

  it('sends a picture', async () => {
    const response = await ask('/download/image/1?rate=0');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([response.headers.get('content-type'), ...bytes.slice(0, 3)]).toEqual([
      'image/jpeg',
      0xff,
      0xd8,
      0xff,
    ]);
    expect((await ask('/download/image/99')).status).toBe(404);
  });

  it.each(['/export/users/csv', '/export'])('%s exports quoted CSV', async (path) => {
    const lines = (await textOf(`${path}?rows=50`)).split('\r\n');
    expect(lines).toHaveLength(52);
    expect(lines[0]).toBe('id,name,email,note');
    expect(lines[3]).toBe('3,User 3,user3@example.org,"Said ""hi"", 3 times"');
  });

  it('exports JSON Lines', async () => {
    const lines = (await textOf('/export/data/jsonl?rows=50')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it('sends database results as one JSON array', async () => {
    expect(await (await ask('/stream/database-results?rows=50')).json()).toHaveLength(50);
  });

  it('makes the same rows for both lanes of the comparison', async () => {
    const buffered = await (await ask('/demo/comparison/buffered?rows=5&delay=0')).json();
    const lines = (await textOf('/demo/comparison/streamed?rows=5&delay=0')).trimEnd().split('\n');
    const messages = (rows: unknown[]) =>
      rows.map((row) => (tolerantComparisonRowSchema.parse(row) as { message?: unknown }).message);
    expect(messages(lines.map((line) => JSON.parse(line)))).toEqual(messages(buffered));
  });

  it.each(['/stream/text', '/stream/async-text'])('%s sends text', async (path) => {
    expect(await textOf(`${path}?delay=0`)).toMatch(/^This text arrives/);
  });

  it('sends JSON objects by the line, or as data lines under a JSON type', async () => {
    const lines = (await textOf('/stream/json?count=2&delay=0')).trimEnd().split('\n');
    expect(lines.map((line) => sampleObjectSchema.parse(JSON.parse(line)).id)).toEqual([1, 2]);
    const response = await ask('/stream/json?count=1&delay=0&form=data');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toMatch(/^data: \{/);
  });

  it.each(['/stream/sse', '/events', '/sse'])('%s sends events and ends', async (path) => {
    const events = await eventsOf(`${path}?count=3&delay=0`);
    expect(events.map(({ data }) => sampleObjectSchema.parse(JSON.parse(data)).id)).toEqual([1, 2, 3]);
  });

  it('/stream answers by what is accepted', async () => {
    const events = await eventsOf('/stream?count=2&delay=0', { accept: 'text/event-stream' });
    expect(events.map(({ data }) => data)).toEqual(['Message 1', 'Message 2']);
    expect(await textOf('/stream?count=2&delay=0')).toBe('Number: 1\nNumber: 2\n');
  });

  it.each(['/plain-stream', '/toy-stream', '/dummy-counter'])('%s sends text lines', async (path) => {
    expect(await textOf(`${path}?count=2&delay=0`)).toBe('Line 1\nLine 2\n');
  });

  it('/dummy-events goes on with all its event types', async () => {
    const events = await firstEvents(await ask('/dummy-events?delay=1'), 6);
    expect(events.map(({ event }) => event)).toEqual([...DUMMY_EVENT_TYPES, ...DUMMY_EVENT_TYPES]);
  });

  it('sends each piece when it is made, not all at the end', async () => {
    const response = await ask('/demo/comparison/streamed?rows=1000&delay=50');
    const text = await firstText(response, (soFar) => soFar.includes('\n'));
    expect(text.split('\n').length).toBeLessThan(10);
  });

  it('has met no error in all of this', () => {
    expect(server.errors()).not.toMatch(/Traceback|Exception|ERROR/);
  });
});

function parseEvents(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

/** The first events of a stream that may never end; the rest is cancelled. */
async function firstEvents(response: Response, count: number): Promise<EventSourceMessage[]> {
  const text = await firstText(response, (soFar) => parseEvents(soFar).length >= count);
  return parseEvents(text).slice(0, count);
}

async function firstText(response: Response, isEnough: (soFar: string) => boolean): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    // Leaving the loop cancels the body.
    if (isEnough(text)) break;
  }
  return text;
}
