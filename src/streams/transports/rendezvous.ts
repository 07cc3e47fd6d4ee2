/** One producer that waits to be asked, one consumer that asks. */
export interface Rendezvous<T> {
  /** Hands a value over; it waits where the consumer has not asked yet. */
  put(value: T): void;
  end(): void;
  fail(error: unknown): void;
  /** Resolves as soon as the consumer waits for a value, or the rendezvous is over. */
  wanted(): Promise<void>;
  /** The next value, or null at the end. */
  take(): Promise<T | null>;
}

export function createRendezvous<T>(): Rendezvous<T> {
  const values: T[] = [];
  let closing: { readonly error: unknown } | 'clean' | null = null;
  let consumer: { resolve: (value: T | null) => void; reject: (error: unknown) => void } | null = null;
  let producer: (() => void) | null = null;

  const releaseProducer = () => {
    producer?.();
    producer = null;
  };
  const close = (how: { readonly error: unknown } | 'clean') => {
    if (closing !== null) return;
    closing = how;
    if (how === 'clean') consumer?.resolve(null);
    else consumer?.reject(how.error);
    consumer = null;
    releaseProducer();
  };

  return {
    put(value) {
      if (consumer === null) values.push(value);
      else consumer.resolve(value);
      consumer = null;
    },
    end: () => close('clean'),
    fail: (error) => close({ error }),
    wanted() {
      if (consumer !== null || closing !== null) return Promise.resolve();
      return new Promise((resolve) => {
        producer = resolve;
      });
    },
    take() {
      const value = values.shift();
      if (value !== undefined) return Promise.resolve(value);
      if (closing !== null)
        return closing === 'clean' ? Promise.resolve(null) : Promise.reject(closing.error);
      return new Promise((resolve, reject) => {
        consumer = { resolve, reject };
        releaseProducer();
      });
    },
  };
}
