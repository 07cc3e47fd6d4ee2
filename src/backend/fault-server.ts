import type { BodyFormat } from '../contract/endpoint.ts';
import type { Fault } from '../contract/faults.ts';
import { garbled } from './fault-garble.ts';
import { cutBy, type Piece, type Stage } from './fault-pieces.ts';

/** `garble`, `stall` and `drop`: what the server itself does wrong, unit by unit. `pause` rejects when the reader left. */
export function misbehavingServer(
  faults: readonly Fault[],
  format: BodyFormat,
  pause: (delayMs: number) => Promise<void>,
): Stage {
  const of = (name: Fault['name']) => faults.filter((fault) => fault.name === name);
  const broken = new Set(of('garble').map(({ at }) => at));
  const stalls = of('stall');
  const [drop] = of('drop');

  /** True where the stream is cut behind `count` units. */
  async function isCutAfter(count: number): Promise<boolean> {
    for (const { at, value } of stalls) if (at === count) await pause(value ?? 0);
    return drop?.at === count;
  }

  return async function* serverFaults(pieces) {
    let count = 0;
    const cut: Piece = cutBy(`drop@${drop?.at}`);
    // Before the first piece is asked for: behind no unit, there is no preamble either.
    if (await isCutAfter(count)) return yield cut;
    for await (const piece of pieces) {
      if (piece.type === 'break' || !piece.isUnit) {
        yield piece;
        continue;
      }
      count += 1;
      yield broken.has(count) ? garbled(piece, format) : piece;
      if (await isCutAfter(count)) return yield cut;
    }
  };
}
