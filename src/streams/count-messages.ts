import type { StreamEvent } from './types.ts';

/** How many messages an event stands for, in whatever form. */
export function countedMessages(event: StreamEvent<unknown>): number {
  return event.type === 'chunk'
    ? event.messages.length + (event.packed?.count ?? 0) + (event.conflated ?? 0)
    : 0;
}

/** How much of a batch one event takes: a chunk as much as it holds messages. */
export function weightOfEvent(event: StreamEvent<unknown>): number {
  return event.type === 'chunk' ? Math.max(1, event.messages.length + (event.packed?.count ?? 0)) : 1;
}
