/** What one `next()` came to. */
export type PullOutcome<E> =
  | { readonly type: 'event'; readonly event: E }
  | { readonly type: 'end' }
  | { readonly type: 'error'; readonly error: unknown };

/** An iterator that is asked once at a time, and whose answer can be waited for beside other things. */
export interface Pull<E> {
  /** Asks for the next event unless that is under way. */
  ask(): void;
  readonly asked: boolean;
  /** The answer, once; null while it has not come. */
  take(): PullOutcome<E> | null;
  /** Lets the iterator clean up. Its connection must have been aborted, so that it ends. */
  dispose(): void;
}

export function openPull<E>(source: AsyncIterable<E>, onAnswer: () => void): Pull<E> {
  const iterator = source[Symbol.asyncIterator]();
  let asked = false;
  let outcome: PullOutcome<E> | null = null;
  const answer = (next: PullOutcome<E>) => {
    outcome = next;
    onAnswer();
  };
  const onResult = (result: IteratorResult<E>) =>
    answer(result.done ? { type: 'end' } : { type: 'event', event: result.value });
  const onError = (error: unknown) => answer({ type: 'error', error });
  /** Nobody reads an aborted connection, so nobody is left to tell. */
  const nobody = () => undefined;
  return {
    ask() {
      if (asked) return;
      asked = true;
      iterator.next().then(onResult, onError);
    },
    get asked() {
      return asked;
    },
    take() {
      const taken = outcome;
      if (taken === null) return null;
      outcome = null;
      asked = false;
      return taken;
    },
    dispose() {
      iterator.return?.().then(nobody, nobody);
    },
  };
}
