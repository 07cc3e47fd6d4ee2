import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/backend/app.ts';
import { ManualClock } from '../fixtures/manual-clock.ts';
import { closeApps, openApp } from '../fixtures/open-app.ts';
import { openFault, readFault } from './fault-reader.ts';
import { range, sequenceOf } from './feed-client.ts';

afterEach(closeApps);

/** A client as the standard has it: keeps the last event ID, and connects again after each cut. */
class ResumingClient {
  readonly events: EventSourceMessage[] = [];
  readonly perConnection: number[] = [];
  #lastEventId: string | null = null;

  /** One connection, read until it is cut. */
  async connect(app: App, clock: ManualClock, path: string): Promise<void> {
    const headers = this.#lastEventId === null ? {} : { 'Last-Event-ID': this.#lastEventId };
    let isOver = false;
    const reading = readFault(app, path, { headers }).finally(() => {
      isOver = true;
    });
    // Headers may be held as well, so time passes while they are waited for.
    while (!isOver) await clock.advance(100);
    const { text } = await reading;
    const before = this.events.length;
    createParser({ onEvent: (event) => this.events.push(event) }).feed(text);
    this.#lastEventId = this.events.at(-1)?.id ?? this.#lastEventId;
    this.perConnection.push(this.events.length - before);
  }

  get sequences(): number[] {
    return this.events.map(({ id }) => sequenceOf(id));
  }

  /** What the feed has accounted for: its events, and what its gaps say was missed. */
  get accountedFor(): number[] {
    const [first] = this.sequences;
    return this.events.flatMap(({ event, id, data }, index) => {
      if (event !== 'gap') return [sequenceOf(id)];
      const { missed } = JSON.parse(data) as { missed: number };
      const from = index === 0 ? (first ?? 0) : (this.sequences[index - 1] ?? 0) + 1;
      return range(from, from + missed - 1);
    });
  }
}

const FEEDS = ['/stream/stock-ticker?', '/stream/live-logs?source=demo&'] as const;

describe.each(FEEDS)('%s', (feed) => {
  it('loses and repeats nothing to a client that drop@N cuts again and again', async () => {
    const clock = new ManualClock();
    const app = openApp({ clock });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(2, 7, 100, 20_000),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 8 }),
        fc.constantFrom('', ',one-behind', ',buffer', ',first-kb', ',stall@1:300'),
        async (rate, count, pausesMs, beside) => {
          const client = new ResumingClient();
          for (const pauseMs of pausesMs) {
            await client.connect(app, clock, `${feed}rate=${rate}&fault=drop@${count}${beside}`);
            await clock.advance(pauseMs);
          }
          expect(client.perConnection).toEqual(pausesMs.map(() => count));
          const [first = 0] = client.sequences;
          expect(client.accountedFor).toEqual(range(first, client.sequences.at(-1) ?? 0));
          // 10,000 events are kept: at the lower rates nothing is ever behind that.
          if (rate <= 100)
            expect(client.sequences).toEqual(range(first, first + count * pausesMs.length - 1));
          expect(clock.waiting).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  }, 30_000);

  it('loses nothing to the age limit either, nor repeats what came behind it', async () => {
    const clock = new ManualClock();
    const app = openApp({ clock });
    const client = new ResumingClient();
    for (let round = 0; round < 6; round += 1) {
      await client.connect(app, clock, `${feed}rate=50&fault=age:1000`);
      await clock.advance(150);
    }
    expect(client.sequences).toEqual(range(1, client.events.length));
    expect(client.events.length).toBeGreaterThan(200);
  });
});

it('counts a gap as the event that it is', async () => {
  const clock = new ManualClock();
  const app = openApp({ clock });
  const headers = { 'Last-Event-ID': 'other-7' };
  const reader = await openFault(app, '/stream/stock-ticker?rate=10&fault=drop@1', { headers });
  await reader.ended;
  expect(reader.text).toContain('event: gap\n');
  expect(reader.text.match(/^data: /gm)?.length).toBe(1);
});
