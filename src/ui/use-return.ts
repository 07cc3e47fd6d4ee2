import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

const ASK_INTERVAL_MS = 2_000;

interface ReturnOptions {
  /** Who asks whom: those with the same key share the answers. */
  readonly key: readonly (string | boolean)[];
  /** Whether it was not there when it was needed: only then it is asked. */
  readonly isDown: boolean;
  readonly asks: (signal: AbortSignal) => Promise<boolean>;
  readonly onReturn: () => void;
}

/**
 * Asks what was not there whether it is, every two seconds, and says so once it answers. What answers at once was not down:
 * it must not be tried for ever for refusing something else.
 *
 * @returns whether it is down, and so `onReturn` will be called when it comes back.
 */
export function useReturn({ key, isDown, asks, onReturn }: ReturnOptions): boolean {
  const { data: answers } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => asks(signal),
    enabled: isDown,
    refetchInterval: ({ state }) => (state.data === true ? false : ASK_INTERVAL_MS),
    // Not only the network may be what is missing.
    networkMode: 'always',
    gcTime: 0,
  });
  const client = useQueryClient();
  const id = key.join(' ');
  const seenDown = useRef<string | null>(null);
  useEffect(() => {
    if (!isDown || seenDown.current !== id) {
      seenDown.current = isDown && answers === false ? id : null;
      return;
    }
    if (answers !== true) return;
    seenDown.current = null;
    onReturn();
  }, [id, isDown, answers, onReturn]);
  // What was answered about one time of need says nothing of the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `id` stands for the key, which is made anew with each call
  useEffect(() => {
    if (!isDown) void client.resetQueries({ queryKey: key, exact: true });
  }, [client, isDown, id]);
  return isDown && answers === false;
}
