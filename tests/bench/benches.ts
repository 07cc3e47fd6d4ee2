import { backendBench } from './backend.ts';
import type { Bench } from './bench.ts';
import { clientsBench } from './clients.ts';
import { eventStreamBench } from './event-stream.ts';
import { fullRateBench } from './full-rate.ts';
import { smoothnessBench } from './smoothness.ts';
import { soakBench } from './soak.ts';
import { storeBench } from './store.ts';
import { tickerBench } from './ticker.ts';

/** Every bench, in the order in which they run. */
export const BENCHES: readonly Bench[] = [
  storeBench,
  eventStreamBench,
  backendBench,
  clientsBench,
  tickerBench,
  fullRateBench,
  smoothnessBench,
  soakBench,
];
