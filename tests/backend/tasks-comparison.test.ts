import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { comparisonRowSchema } from '../../src/contract/comparison.ts';
import { taskProgressSchema } from '../../src/contract/tasks.ts';
import { ManualClock } from '../fixtures/manual-clock.ts';
import { closeApps, openApp, textReader } from '../fixtures/open-app.ts';

afterEach(closeApps);

async function eventsOf(path: string): Promise<EventSourceMessage[]> {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  parser.feed(await (await openApp().request(path)).text());
  return events;
}

describe('/process/long-task', () => {
  it('goes from 0 to 100 % and ends with the event complete', async () => {
    const events = await eventsOf('/process/long-task?steps=4&delay=0');
    const last = events.pop();
    expect(last).toMatchObject({ event: 'complete', data: 'Done!' });
    const progress = events.map(({ data }) => taskProgressSchema.parse(JSON.parse(data)));
    expect(progress.map((each) => each.progress)).toEqual([0, 25, 50, 75, 100]);
    expect(progress.map((each) => each.step)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(progress.map((each) => each.message)).size).toBe(5);
  });

  it('gives no event ID, as it can not be resumed', async () => {
    const events = await eventsOf('/process/long-task?steps=2&delay=0');
    expect(events.every(({ id }) => id === undefined)).toBe(true);
  });
});

describe('/progress', () => {
  it('sends progress and step', async () => {
    const events = await eventsOf('/progress?delay=0');
    expect(events.slice(0, -1).map(({ data }) => JSON.parse(data))).toEqual(
      [0, 1, 2, 3, 4, 5].map((step) => ({ progress: step * 20, step })),
    );
    expect(events.at(-1)?.event).toBe('complete');
  });

  it('sends text when asked to', async () => {
    const events = await eventsOf('/progress?format=text&delay=0');
    expect(events.slice(0, -1).map(({ data }) => data)).toEqual(
      [0, 20, 40, 60, 80, 100].map((percent) => `Progress: ${percent}%`),
    );
  });
});

describe('the comparison', () => {
  /** Text and the time of each chunk, on a held clock that is also the wall's. */
  async function run(path: string) {
    const clock = new ManualClock();
    const app = openApp({ clock, now: () => clock.now() });
    const reader = textReader(await app.request(path));
    const chunks: { atMs: number; text: string }[] = [];
    const reading = (async () => {
      for (let text = await reader.next(); text !== null; text = await reader.next()) {
        chunks.push({ atMs: clock.now(), text });
      }
    })();
    await clock.advance(10_000);
    await reading;
    return chunks;
  }
  const madeAt = (rows: { producedAt: string }[]) => rows.map(({ producedAt }) => Date.parse(producedAt));

  it('streams each row as it is made', async () => {
    const chunks = await run('/demo/comparison/streamed?rows=4&delay=100');
    const rows = chunks.map(({ text }) => comparisonRowSchema.parse(JSON.parse(text)));
    expect(chunks.map(({ atMs }) => atMs)).toEqual([100, 200, 300, 400]);
    expect(madeAt(rows)).toEqual([100, 200, 300, 400]);
  });

  it('makes the same rows at the same pace in the buffered run, and holds them to the end', async () => {
    const [chunk, ...others] = await run('/demo/comparison/buffered?rows=4&delay=100');
    const rows = z.array(comparisonRowSchema).parse(JSON.parse(chunk?.text ?? ''));
    const streamed = await run('/demo/comparison/streamed?rows=4&delay=100');
    expect(others).toEqual([]);
    expect(chunk?.atMs).toBe(400);
    expect(rows).toEqual(streamed.map(({ text }) => JSON.parse(text)));
  });
});
