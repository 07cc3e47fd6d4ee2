import { checkInactivityTimeout } from './silence-watch.ts';
import type { SubscribeOptions } from './subscribe-options.ts';
import { Subscription } from './subscription.ts';
import type { StreamEvent } from './types.ts';

export type { SubscribeOptions } from './subscribe-options.ts';

/**
 * One stream over as many connections as it takes: its connection states, requests, chunks and losses in the order in
 * which they happened. Never throws, whatever a network, a server or a defect of ours does: that is a `failed` state.
 *
 * Pulling is reading. What was yielded counts as taken, and its last event ID as the point to resume from, when the
 * consumer pulls again.
 *
 * @throws RangeError at once, for an inactivity timeout that does not exceed the interval of heartbeats.
 */
export function subscribe<T>(options: SubscribeOptions<T>): AsyncIterable<StreamEvent<T>> {
  checkInactivityTimeout(options.inactivityTimeoutMs);
  return { [Symbol.asyncIterator]: () => run(options) };
}

async function* run<T>(options: SubscribeOptions<T>): AsyncGenerator<StreamEvent<T>, void> {
  const { signal } = options;
  if (signal.aborted) return;
  const subscription = new Subscription(options);
  try {
    while (!subscription.isOver) {
      await advance(subscription);
      for (const event of subscription.takeEvents()) {
        if (signal.aborted) return;
        yield event;
      }
      if (signal.aborted) return;
      subscription.confirmTaken();
    }
  } finally {
    subscription.close();
  }
}

async function advance<T>(subscription: Subscription<T>): Promise<void> {
  try {
    await subscription.advance();
  } catch (error) {
    // Said where the stream is shown: one that ended without a word would look live for ever.
    subscription.breakDown(error);
  }
}
