import type { BodyFormat } from '../contract/endpoint.ts';
import type { Fault, FaultName } from '../contract/faults.ts';
import type { BackendRequestContext } from './context.ts';
import { cutInTime, truncated } from './fault-cutters.ts';
import { announceGzip, compressed } from './fault-gzip.ts';
import { buffered, firstHeld, oneBehind } from './fault-holders.ts';
import { type FaultPlan, type Piece, piecesOf, type Stage } from './fault-pieces.ts';
import { misbehavingServer } from './fault-server.ts';
import { type Clock, wait } from './pace.ts';

type Produce = (signal: AbortSignal) => AsyncIterable<string | Uint8Array>;

/** Puts the faults between a producer and its body. Changes the headers where the faults do. */
export function misbehave(
  c: BackendRequestContext,
  plan: FaultPlan,
  headers: Headers,
  produce: Produce,
): Produce {
  const { faults } = plan;
  const compresses = faults.some(({ name }) => name === 'gzip') && announceGzip(c, headers);
  const length = headers.get('Content-Length');
  const body: BodyTraits = {
    compresses,
    byteLength: length === null ? null : Number(length),
    format: headers.get('Content-Type')?.startsWith('text/event-stream') ? 'sse' : plan.format,
  };
  return (signal) => {
    const stages = stagesOf(faults, body, signal, c.var.backend.clock);
    const isCounted = faults.some(({ name }) => UNIT_FAULTS.has(name));
    const pieces: AsyncIterable<Piece> = piecesOf(produce(signal), isCounted ? body.format : 'bytes');
    return contentOf(stages.reduce((passed, stage) => stage(passed), pieces));
  };
}

/** Those that want unit by unit. For the others, events that travel together stay together: a fast feed stays fast. */
const UNIT_FAULTS: ReadonlySet<FaultName> = new Set<FaultName>(['garble', 'stall', 'drop', 'one-behind']);

interface BodyTraits {
  readonly compresses: boolean;
  /** Null where nobody knows it. */
  readonly byteLength: number | null;
  readonly format: BodyFormat;
}

/** Those that are asked for, in the order that `contract/faults.ts` gives. */
function stagesOf(
  faults: readonly Fault[],
  { compresses, byteLength, format }: BodyTraits,
  signal: AbortSignal,
  clock: Clock,
): Stage[] {
  const of = (name: FaultName) => faults.find((fault) => fault.name === name);
  const stages: Stage[] = [];
  if (of('garble') ?? of('stall') ?? of('drop')) {
    stages.push(misbehavingServer(faults, format, (delayMs) => wait(delayMs, signal, clock)));
  }
  for (const { name, stage } of HOLDERS) if (of(name)) stages.push(stage);
  if (compresses) stages.push(compressed);
  const limit = of('truncate')?.at ?? Number.POSITIVE_INFINITY;
  if (limit < (byteLength ?? Number.POSITIVE_INFINITY)) {
    stages.push(truncated(limit, byteLength === null ? 'clean' : 'cut'));
  }
  const limits = { idleMs: of('idle')?.value ?? null, ageMs: of('age')?.value ?? null };
  if (limits.idleMs !== null || limits.ageMs !== null) stages.push(cutInTime(limits, signal, clock));
  return stages;
}

const HOLDERS: readonly { readonly name: FaultName; readonly stage: Stage }[] = [
  { name: 'one-behind', stage: oneBehind },
  { name: 'first-kb', stage: firstHeld },
  { name: 'buffer', stage: buffered },
];

async function* contentOf(pieces: AsyncIterable<Piece>): AsyncGenerator<string | Uint8Array, void> {
  for await (const piece of pieces) {
    if (piece.type === 'break') throw piece.error;
    yield piece.content;
  }
}
