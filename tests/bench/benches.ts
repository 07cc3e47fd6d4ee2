import type { Bench } from './bench.ts';
import { storeBench } from './store.ts';

/** Every bench, in the order in which they run. */
export const BENCHES: readonly Bench[] = [storeBench];
