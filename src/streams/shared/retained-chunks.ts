import type { Loss, RetainedChunk, StreamEvent } from '../types.ts';
import type { Retained } from './feed-kind.ts';

/** So many losses are remembered for those who come later. */
const MAX_LOSSES = 200;

/** What was lost before the message of this position. */
export interface PlacedLoss {
  readonly position: number;
  readonly loss: Loss;
}

/** The last losses, and that of this event if it is one: before the message of this position. */
export function lossesWith(
  before: readonly PlacedLoss[],
  event: StreamEvent<unknown>,
  position: number,
): readonly PlacedLoss[] {
  const loss = lossOf(event);
  return loss === null ? before : [...before.slice(1 - MAX_LOSSES), { position, loss }];
}

function lossOf(event: StreamEvent<unknown>): Loss | null {
  if (event.type === 'gap') return { type: 'gap', missed: event.missed };
  return event.type === 'dropped' ? { type: 'dropped', count: event.count } : null;
}

/** The same, after so many that were dropped. */
export function withLoss<T>(
  retained: readonly RetainedChunk<T>[],
  count: number,
  atMs: number,
): readonly RetainedChunk<T>[] {
  const loss = { type: 'dropped', count } as const;
  const [first, ...others] = retained;
  if (first === undefined) return count === 0 ? [] : [{ atMs, messages: [], losses: [loss] }];
  return [count === 0 ? first : { ...first, losses: [loss, ...(first.losses ?? [])] }, ...others];
}

/** Messages of one time came in one chunk; what was lost between two parts them. */
export function inChunks<T>(
  retained: readonly Retained<T>[],
  placed: readonly PlacedLoss[],
): readonly RetainedChunk<T>[] {
  const chunks: { atMs: number; messages: Retained<T>['message'][]; losses?: readonly Loss[] }[] = [];
  let next = 0;
  for (const { position, atMs, message } of retained) {
    const losses: Loss[] = [];
    for (let each = placed[next]; each !== undefined && each.position <= position; each = placed[next]) {
      losses.push(each.loss);
      next += 1;
    }
    const last = chunks.at(-1);
    if (last?.atMs === atMs && losses.length === 0) last.messages.push(message);
    else chunks.push({ atMs, messages: [message], ...(losses.length > 0 && { losses }) });
  }
  return chunks;
}
