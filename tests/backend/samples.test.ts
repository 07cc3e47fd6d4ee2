import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { TEXT_SAMPLE } from '../../src/backend/sample-texts.ts';
import { dummyEventsEndpoint, sampleObjectSchema } from '../../src/contract/samples.ts';
import { ManualClock, settled } from '../fixtures/manual-clock.ts';
import { closeApps, openApp, textReader } from '../fixtures/open-app.ts';

afterEach(closeApps);

const textOf = async (path: string, init?: RequestInit) => (await openApp().request(path, init)).text();

function eventsOf(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

/** What has arrived at each moment of a held clock, one entry a moment at which something came. */
async function arrivals(path: string, forMs: number, stepMs: number): Promise<[number, string][]> {
  const clock = new ManualClock();
  const reader = textReader(await openApp({ clock }).request(path));
  const seen: [number, string][] = [];
  const reading = (async () => {
    for (let text = await reader.next(); text !== null; text = await reader.next()) {
      seen.push([clock.now(), text]);
    }
  })();
  for (let at = 0; at <= forMs; at += stepMs) await clock.advance(at === 0 ? 0 : stepMs);
  await reader.leave();
  await reading;
  return seen;
}

describe('text samples', () => {
  it('send the text character by character, none cut in half', async () => {
    const seen = await arrivals('/stream/text?delay=10', 10_000, 10);
    expect(seen.map(([, text]) => text)).toEqual([...TEXT_SAMPLE]);
    expect(seen.slice(0, 3).map(([atMs]) => atMs)).toEqual([0, 10, 20]);
  });

  it('send the text word by word', async () => {
    const seen = await arrivals('/stream/async-text?delay=10', 10_000, 10);
    expect(seen.map(([, text]) => text).join('')).toBe(TEXT_SAMPLE);
    expect(seen.length).toBe(TEXT_SAMPLE.trim().split(/\s+/).length);
  });
});

describe('line samples', () => {
  it.each(['/plain-stream', '/toy-stream', '/dummy-counter', '/stream'])(
    '%s sends a line a turn, as many as asked for',
    async (path) => {
      const seen = await arrivals(`${path}?count=4&delay=50`, 1_000, 50);
      expect(seen.map(([atMs]) => atMs)).toEqual([0, 50, 100, 150]);
      for (const [, text] of seen) expect(text).toMatch(/^[^\n]+\n$/);
    },
  );

  it('counts', async () => {
    expect(await textOf('/dummy-counter?count=3&delay=0')).toBe('Counter: 1\nCounter: 2\nCounter: 3\n');
  });

  it('sends NDJSON objects', async () => {
    const lines = (await textOf('/stream/json?count=3&delay=0')).trimEnd().split('\n');
    expect(lines.map((line) => sampleObjectSchema.parse(JSON.parse(line)).id)).toEqual([1, 2, 3]);
  });
});

describe('event samples', () => {
  it.each(['/stream/sse', '/events', '/sse'])('%s sends its events and ends', async (path) => {
    const events = eventsOf(await textOf(`${path}?count=3&delay=0`));
    expect(events.map(({ data }) => sampleObjectSchema.parse(JSON.parse(data)).id)).toEqual([1, 2, 3]);
  });

  it('sends update, alert and info in turn, as the contract says, without end', async () => {
    const clock = new ManualClock();
    const app = openApp({ clock, now: () => Date.UTC(2026, 0, 2) });
    const reader = textReader(await app.request('/dummy-events?delay=100'));
    let text = '';
    const reading = (async () => {
      for (let piece = await reader.next(); piece !== null; piece = await reader.next()) text += piece;
    })();
    await clock.advance(60_000);
    await settled();
    await reader.leave();
    await reading;
    const events = eventsOf(text);
    expect(events.length).toBe(601);
    expect(events.slice(0, 4).map(({ event }) => event)).toEqual(['update', 'alert', 'info', 'update']);
    for (const { data } of events) {
      expect(dummyEventsEndpoint.events.update.parse(JSON.parse(data)).timestamp).toBe(
        '2026-01-02T00:00:00.000Z',
      );
    }
  });
});

describe('/stream', () => {
  const asking = (accept: string) => ({ headers: { Accept: accept } });

  it.each([
    ['text/event-stream', 'text/event-stream', 'data: Message 1\n\ndata: Message 2\n\n'],
    ['text/event-stream;q=0.5, text/html', 'text/event-stream', 'data: Message 1\n\ndata: Message 2\n\n'],
    ['text/plain, text/event-stream;q=0.5', 'text/plain; charset=utf-8', 'Number: 1\nNumber: 2\n'],
    ['text/event-stream;q=0', 'text/plain; charset=utf-8', 'Number: 1\nNumber: 2\n'],
    ['*/*', 'text/plain; charset=utf-8', 'Number: 1\nNumber: 2\n'],
    ['text/plain', 'text/plain; charset=utf-8', 'Number: 1\nNumber: 2\n'],
  ])('answers Accept: %s with %s', async (accept, mediaType, text) => {
    const response = await openApp().request('/stream?count=2&delay=0', asking(accept));
    expect(response.headers.get('content-type')).toBe(mediaType);
    expect(response.headers.get('vary')).toBe('Accept');
    expect(await response.text()).toMatch(new RegExp(`${text.replaceAll('\n', '\\n')}$`));
  });
});
