import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/backend/app.ts';
import { ENTRIES } from '../../src/backend/knowledge/themes.ts';
import { RESPONDER_NAME, reply } from '../../src/backend/responder.ts';
import { paceTokens, randomOf } from '../../src/backend/responder-pace.ts';
import { tokenize } from '../../src/backend/responder-tokens.ts';
import { chatDoneSchema, chatTokenSchema } from '../../src/contract/chat.ts';
import { ManualClock, settled } from '../fixtures/manual-clock.ts';

describe('tokens', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const graphemesOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        'Z',
        ' ',
        '\n',
        '\r\n',
        '\t',
        '`',
        '|',
        '-',
        '7',
        'é',
        'e\u0301',
        '👩‍👩‍👧',
        '🇩🇪',
        '한',
      ),
    }),
  );

  it('join back to exactly the text', () => {
    fc.assert(fc.property(anyText, (text) => tokenize(text).join('') === text));
  });

  it('are never empty and never cut a grapheme', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenize(text);
        expect(tokens.every((token) => token !== '')).toBe(true);
        const edges = new Set<number>([0]);
        let at = 0;
        for (const grapheme of graphemesOf(text)) {
          at += grapheme.length;
          edges.add(at);
        }
        at = 0;
        for (const token of tokens) {
          at += token.length;
          expect(edges.has(at)).toBe(true);
        }
      }),
    );
  });

  it("look like a model's: words with their space, parts of long words, punctuation, line breaks", () => {
    expect(tokenize('Hello, streaming world!\n\n```js\n    let x = 12345;\n```')).toEqual([
      'Hello',
      ',',
      ' strea',
      'ming',
      ' world',
      '!',
      '\n\n',
      '```',
      'js',
      '\n',
      '   ',
      ' let',
      ' x',
      ' =',
      ' 123',
      '45',
      ';',
      '\n',
      '```',
    ]);
  });

  it('are about as many for a note as a model would make', () => {
    const text = ENTRIES.map((entry) => entry.body).join('\n');
    const charactersPerToken = text.length / tokenize(text).length;
    expect(charactersPerToken).toBeGreaterThan(2.5);
    expect(charactersPerToken).toBeLessThan(5);
  });
});

describe('pace', () => {
  const tokens = Array.from({ length: 400 }, (_, index) => ` ${index}`);

  it('thinks first, then keeps the mean rate with a little jitter', async () => {
    const clock = new ManualClock();
    const arrivals: number[] = [];
    const paced = paceTokens(tokens, {
      tokensPerSecond: 50,
      signal: new AbortController().signal,
      clock,
      random: randomOf('seed'),
    });
    const reading = (async () => {
      for await (const _token of paced) arrivals.push(clock.now());
    })();
    await clock.advance(20_000);
    await reading;
    expect(arrivals).toHaveLength(tokens.length);
    const [first = 0] = arrivals;
    expect(first).toBeGreaterThanOrEqual(200);
    expect(first).toBeLessThanOrEqual(600);
    const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean).toBeGreaterThan(19);
    expect(mean).toBeLessThan(21);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(9.99);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30.01);
    expect(new Set(gaps.map((gap) => Math.round(gap))).size).toBeGreaterThan(5);
  });

  it('gives a reader that paused no burst of more than a quarter of a second', async () => {
    const clock = new ManualClock();
    const signal = new AbortController().signal;
    const paced = paceTokens(tokens, { tokensPerSecond: 100, signal, clock, random: () => 0.5 });
    const first = paced.next();
    await clock.advance(1_000);
    await first;
    await clock.advance(60_000);
    let atOnce = 0;
    const reading = (async () => {
      for await (const _token of paced) atOnce += 1;
    })();
    await settled();
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThanOrEqual(27);
    await clock.advance(10_000);
    await reading;
  });

  it('stops in the middle of a wait', async () => {
    const clock = new ManualClock();
    const stop = new AbortController();
    const paced = paceTokens(tokens, { tokensPerSecond: 1, signal: stop.signal, clock, random: () => 0.5 });
    const next = paced.next();
    await settled();
    expect(clock.waiting).toBe(1);
    stop.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.waiting).toBe(0);
  });

  it('is the same for the same prompt and another for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, randomOf(seed));
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    fc.assert(fc.property(fc.string(), (seed) => draw(seed).every((value) => value >= 0 && value < 1)));
  });
});

describe('the chat paths', () => {
  const clock = new ManualClock();
  let app: App | null = null;
  afterEach(async () => {
    await app?.close();
    app = null;
  });
  const ask = async (path: string): Promise<Response> => {
    app ??= createApp({
      dataDir: 'unused',
      logFile: null,
      apiToken: null,
      corsOrigins: [],
      version: 'test',
      clock,
    });
    return app.request(path);
  };
  /** Reads to the end, letting time pass. */
  const wholeText = async (response: Response): Promise<string> => {
    const text = response.text();
    await clock.advance(120_000);
    return text;
  };
  const activeStreams = async () => (await (await ask('/health')).json()).activeStreams;

  it.each(['/ai/chat-stream', '/chat-stream'])('%s sends the reply as plain text', async (path) => {
    const response = await ask(`${path}?prompt=What+is+SSE%3F&rate=500`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(await wholeText(response)).toBe(reply('What is SSE?').text);
  });

  it('sends tokens with their index, then what was sent and who sent it', async () => {
    const response = await ask('/ai/chat-stream-sse?prompt=heartbeats&rate=100');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = parseEvents(await wholeText(response)).map(({ data }) => JSON.parse(data));
    const done = chatDoneSchema.parse(events.pop());
    const tokens = events.map((event) => chatTokenSchema.parse(event));
    expect(tokens.map(({ index }) => index)).toEqual(tokens.map((_, index) => index));
    expect(tokens.map(({ token }) => token).join('')).toBe(reply('heartbeats').text);
    expect(done).toMatchObject({ totalTokens: tokens.length, responder: RESPONDER_NAME });
    expect(done.durationMs).toBeGreaterThan(tokens.length * 8);
    expect(done.durationMs).toBeLessThan(tokens.length * 12 + 600);
  });

  it('sends retry and a comment before it thinks', async () => {
    const response = await ask('/ai/chat-stream-sse?prompt=hello');
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toMatch(/^retry: 1000\n: /);
    await reader?.cancel();
  });

  it.each(['/ai/chat-stream', '/ai/chat-stream-sse'])('%s stops when its reader leaves', async (path) => {
    const response = await ask(`${path}?rate=1`);
    const reader = response.body?.getReader();
    const first = reader?.read();
    await clock.advance(1_000);
    await first;
    const second = reader?.read();
    await settled();
    expect(await activeStreams()).toBe(1);
    expect(clock.waiting).toBeGreaterThan(0);
    await reader?.cancel();
    await second;
    await settled();
    expect(await activeStreams()).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it('answers the default question where none is given, and says so where there is only space', async () => {
    expect(await wholeText(await ask('/chat-stream?prompt=&rate=1000'))).toBe(
      reply('What is HTTP streaming?').text,
    );
    expect(await wholeText(await ask('/chat-stream?prompt=%20&rate=1000'))).toMatch(
      /^There was no question\./,
    );
  });

  it.each([
    ['rate=0', 'rate'],
    ['rate=fast', 'rate'],
    ['rate=10001', 'rate'],
    [`prompt=${'x'.repeat(4_001)}`, 'prompt'],
  ])('refuses %s with the parameter and a reason', async (query, name) => {
    const response = await ask(`/ai/chat-stream-sse?${query}`);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect((await response.json()).errors).toMatchObject([{ name }]);
  });
});

function parseEvents(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}
