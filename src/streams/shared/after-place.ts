import type { RetainedChunk, StreamEvent, StreamMessage } from '../types.ts';
import { eventDistance } from './event-order.ts';
import type { FeedPlace } from './feed-kind.ts';
import type { FeedPost } from './worker-link.ts';

type Joined<T> = Extract<StreamEvent<T>, { type: 'joined' }>;

/** Brings a reader over to another feed. */
export interface ChangeOver<T> {
  /** True once nothing more has to be left out or said: posts are as they should be. */
  readonly isOver: boolean;
  /** What of a post the reader gets, its messages unpacked. */
  through(post: FeedPost<T>): readonly StreamEvent<T>[];
}

/**
 * For a reader that comes to a feed which another opened after the worker of both had died: leaves out what the reader has,
 * and says what lies between its last message and the first that comes. Where IDs can't be compared, all is let through.
 */
export function afterPlace<T>(
  place: FeedPlace,
  { conflates }: { readonly conflates: boolean },
): ChangeOver<T> {
  const last = place.lastEventId;
  let isSettled = last === null;
  let firstOfFeed: string | null = null;
  let hasJoined = false;

  /** What comes later from the same feed is its own state again. */
  const rejoined = (event: Joined<T>): Joined<T> => {
    if (hasJoined) return event;
    hasJoined = true;
    return { ...event, rejoined: true };
  };

  const isNew = ({ id }: StreamMessage<T>) =>
    last === null || id === null || (eventDistance(last, id) ?? 1) > 0;

  const newOf = ({ losses, ...chunk }: RetainedChunk<T>): RetainedChunk<T> => {
    const messages = chunk.messages.filter(isNew);
    // What was lost before messages that the reader has, it knows of.
    const areAllNew = messages.length > 0 && messages.length === chunk.messages.length;
    return { ...chunk, messages, ...(losses && areAllNew && { losses }) };
  };

  const take = (messages: readonly StreamMessage<T>[], atMs: number): readonly StreamEvent<T>[] => {
    const [first] = messages;
    if (isSettled || first === undefined) return [];
    isSettled = true;
    // Of a feed that conflates, the first message to come here need not be the first that the feed had.
    const firstId = conflates ? firstOfFeed : first.id;
    const distance = last === null || firstId === null ? null : eventDistance(last, firstId);
    return distance !== null && distance > 1 ? [{ type: 'gap', missed: distance - 1, atMs }] : [];
  };

  const joinedAfter = (event: Joined<T>): readonly StreamEvent<T>[] => {
    if (isSettled) return [rejoined(event)];
    const retained = event.retained.map(newOf);
    const messages = retained.flatMap((chunk) => chunk.messages);
    return [rejoined({ ...event, retained }), ...take(messages, event.atMs)];
  };

  const through = (event: StreamEvent<T>): readonly StreamEvent<T>[] => {
    if (event.type === 'joined') return joinedAfter(event);
    if (isSettled) return [event];
    // The server has said itself what is missing.
    if (event.type === 'gap') isSettled = true;
    if (event.type !== 'chunk') return [event];
    const messages = event.messages.filter(isNew);
    return [...take(messages, event.atMs), { ...event, messages }];
  };

  return {
    get isOver() {
      return isSettled && hasJoined;
    },
    through({ events, place: { feedId, firstEventId } }) {
      // The same feed knows the reader's position, and told nothing twice.
      if (feedId === place.feedId) return events;
      firstOfFeed = firstEventId;
      return events.flatMap(through);
    },
  };
}
