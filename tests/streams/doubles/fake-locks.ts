import type { WebLocks } from '../../../src/streams/shared/web-lock.ts';

interface Held {
  readonly name: string;
  readonly owner: string;
  readonly end: () => void;
}

/** Web Locks of a browser of the test's own, in which whole tabs can die. */
export interface FakeLocks {
  /** The locks as one tab or worker sees them. */
  of(owner: string): WebLocks;
  /** The tab is gone: the browser takes all that it held and asked for. */
  kill(owner: string): void;
  readonly heldNames: readonly string[];
}

export function createFakeLocks(): FakeLocks {
  const held = new Map<string, Held>();
  const queues = new Map<string, { readonly owner: string; grant(): void }[]>();

  const next = (name: string) => {
    if (!held.has(name)) queues.get(name)?.shift()?.grant();
  };
  const release = (lock: Held) => {
    if (held.get(lock.name) !== lock) return;
    held.delete(lock.name);
    next(lock.name);
  };
  const request = (
    owner: string,
    name: string,
    { signal, ifAvailable = false }: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ) =>
    new Promise((resolve, reject) => {
      const take = async () => {
        const lock: Held = { name, owner, end: () => release(lock) };
        held.set(name, lock);
        resolve(await callback({ name, mode: 'exclusive' }));
        release(lock);
      };
      if (!held.has(name)) return void take();
      if (ifAvailable) return resolve(callback(null));
      const waiter = { owner, grant: () => void take() };
      const queue = queues.get(name) ?? [];
      queues.set(name, [...queue, waiter]);
      signal?.addEventListener('abort', () => {
        const others = queues.get(name) ?? [];
        if (!others.includes(waiter)) return;
        queues.set(
          name,
          others.filter((other) => other !== waiter),
        );
        reject(signal.reason);
      });
    });

  return {
    of: (owner) =>
      ({
        request: (name: string, options: LockOptions, callback: (lock: Lock | null) => unknown) =>
          request(owner, name, options, callback),
        query: async () => ({
          held: [...held.values()].map(({ name }) => ({ name, mode: 'exclusive' as const })),
          pending: [],
        }),
      }) as unknown as WebLocks,
    kill(owner) {
      for (const [name, queue] of queues) {
        queues.set(
          name,
          queue.filter((waiter) => waiter.owner !== owner),
        );
      }
      for (const lock of [...held.values()]) if (lock.owner === owner) lock.end();
    },
    get heldNames() {
      return [...held.keys()];
    },
  };
}
