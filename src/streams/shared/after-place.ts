import type { StreamEvent, StreamMessage } from '../types.ts';
import { eventDistance } from './event-order.ts';
import type { FeedPlace } from './feed-kind.ts';
import type { FeedPost } from './worker-link.ts';

/**
 * For a reader that comes to a feed which another opened after the worker of both had died: leaves out what the reader has,
 * and says what lies between its last message and the first that comes. Where IDs can't be compared, all is let through.
 */
export function afterPlace<T>(place: FeedPlace): (post: FeedPost<T>) => readonly StreamEvent<T>[] {
  const last = place.lastEventId;
  let isSettled = last === null;

  const isNew = ({ id }: StreamMessage<T>) =>
    last === null || id === null || (eventDistance(last, id) ?? 1) > 0;

  const take = (messages: readonly StreamMessage<T>[], atMs: number): readonly StreamEvent<T>[] => {
    const [first] = messages;
    if (isSettled || first === undefined) return [];
    isSettled = true;
    const distance = last === null || first.id === null ? null : eventDistance(last, first.id);
    return distance !== null && distance > 1 ? [{ type: 'gap', missed: distance - 1, atMs }] : [];
  };

  return ({ events, place: { feedId } }) => {
    // The same feed knows the reader's position, and told nothing twice.
    if (feedId === place.feedId) return events;
    return events.flatMap((event): readonly StreamEvent<T>[] => {
      if (isSettled) return [event];
      // The server has said itself what is missing.
      if (event.type === 'gap') isSettled = true;
      if (event.type === 'chunk') {
        const messages = event.messages.filter(isNew);
        return [...take(messages, event.atMs), { ...event, messages }];
      }
      if (event.type === 'joined') {
        const retained = event.retained.map((chunk) => ({
          ...chunk,
          messages: chunk.messages.filter(isNew),
        }));
        return [
          { ...event, retained },
          ...take(
            retained.flatMap(({ messages }) => messages),
            event.atMs,
          ),
        ];
      }
      return [event];
    });
  };
}
