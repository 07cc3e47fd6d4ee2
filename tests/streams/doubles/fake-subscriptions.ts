import type { SubscribeOptions } from '../../../src/streams/subscribe-options.ts';
import type { StreamEvent } from '../../../src/streams/types.ts';
import { createWakeup } from '../../../src/streams/wakeup.ts';

/** A `subscribe()` whose events come when the test says so. */
export interface FakeSubscription {
  readonly options: SubscribeOptions<unknown>;
  tell(...events: StreamEvent<unknown>[]): void;
  /** How many events were told and not yet pulled. */
  readonly waiting: number;
}

export function createFakeSubscriptions() {
  const made: FakeSubscription[] = [];
  const subscribe = <T>(options: SubscribeOptions<T>): AsyncIterable<StreamEvent<T>> => {
    const events: StreamEvent<T>[] = [];
    const wakeup = createWakeup();
    options.signal.addEventListener('abort', wakeup.wake);
    made.push({
      options: options as SubscribeOptions<unknown>,
      tell(...told) {
        events.push(...(told as StreamEvent<T>[]));
        wakeup.wake();
      },
      get waiting() {
        return events.length;
      },
    });
    return {
      async *[Symbol.asyncIterator]() {
        while (!options.signal.aborted) {
          const event = events.shift();
          if (event !== undefined) yield event;
          else await wakeup.sleep();
        }
      },
    };
  };
  const last = (): FakeSubscription => {
    const subscription = made.at(-1);
    if (subscription === undefined) throw new Error('nobody subscribed');
    return subscription;
  };
  return { made, subscribe, last, open: () => made.filter(({ options }) => !options.signal.aborted) };
}
