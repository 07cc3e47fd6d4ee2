import type { StreamEvent } from '../../../src/streams/types.ts';

export type Told<T> = AsyncIterator<StreamEvent<T>>;

/** What a subscription tells next. */
export async function nextTold<T>(events: Told<T>): Promise<StreamEvent<T>> {
  const { done, value } = await events.next();
  if (done) throw new Error('the subscription ended');
  return value;
}

/** Pulls until an event of this kind, or the state of this status, comes. */
export async function untilTold<T>(events: Told<T>, what: string): Promise<StreamEvent<T>> {
  for (;;) {
    const event = await nextTold(events);
    if (event.type === what || (event.type === 'status' && event.state.status === what)) return event;
  }
}
