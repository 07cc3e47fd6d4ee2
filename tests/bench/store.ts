import { createFrameBatch } from '../../src/store/frame-batch.ts';
import { RingBuffer } from '../../src/store/ring-buffer.ts';
import { type Bench, compareRates } from './bench.ts';

const EVENTS = 2_000;
const KEPT = 1_000;

/** The usual way of a page: a new list for every event, of the last so many. */
function spreadPerEvent(): number {
  let list: readonly number[] = [];
  for (let event = 0; event < EVENTS; event += 1) list = [...list.slice(-(KEPT - 1)), event];
  return list.length + EVENTS - KEPT;
}

function batchIntoRing(): number {
  const ring = new RingBuffer<number>(KEPT);
  const batch = createFrameBatch<number>({
    onFlush: (events) => {
      for (const event of events) ring.append(event);
    },
    schedule: () => () => undefined,
  });
  for (let event = 0; event < EVENTS; event += 1) batch.push(event);
  batch.close();
  return ring.end;
}

export const storeBench: Bench = {
  name: 'store',
  question: `How fast do events get into a store that keeps the last ${KEPT.toLocaleString('en')}?`,
  run: (options) =>
    compareRates(
      [
        { subject: 'a list spread for every event', work: spreadPerEvent },
        { subject: 'frame batch into ring buffer', work: batchIntoRing },
      ],
      'events/s',
      options,
    ),
};
