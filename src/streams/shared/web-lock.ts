/** What of Web Locks is used, so that a test can stand in for it. */
export type WebLocks = Pick<LockManager, 'request' | 'query'>;

/**
 * The browser's locks: over all tabs and workers of an origin, and given back by the browser when a holder dies. Null where
 * there are none: not a secure context, or not a browser.
 */
export function webLocks(): WebLocks | null {
  return globalThis.navigator?.locks ?? null;
}

/**
 * Takes a lock, and resolves with what gives it back; with null when the signal aborts first or, with `ifFree`, when
 * another has it.
 */
export function holdLock(
  locks: WebLocks,
  name: string,
  { signal, ifFree = false }: { signal?: AbortSignal; ifFree?: boolean } = {},
): Promise<(() => void) | null> {
  if (signal?.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const request = locks.request(
      name,
      // The two exclude each other: what answers at once need not be called off.
      ifFree ? { ifAvailable: true } : signal ? { signal } : {},
      (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => resolve(() => release()));
      },
    );
    request.catch((error: unknown) => {
      if (signal?.aborted) resolve(null);
      else reject(error);
    });
  });
}

/** The same, and null as well where the browser refuses locks to this page: it does where all its site data is blocked. */
export async function holdLockIfAllowed(...asked: Parameters<typeof holdLock>): Promise<(() => void) | null> {
  try {
    return await holdLock(...asked);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** Whether the browser will answer all the page's requests for locks so (Web Locks API, section 3.2). */
export const isRefusal = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'SecurityError' || error.name === 'InvalidStateError');
