import type { Bench } from './bench.ts';
import { eventStreamBench } from './event-stream.ts';
import { storeBench } from './store.ts';

/** Every bench, in the order in which they run. */
export const BENCHES: readonly Bench[] = [storeBench, eventStreamBench];
