/** What reads the stream of the ticker bench, in the page. */
export interface Reading {
  readonly events: number;
  /** Let go by a bounded queue on the way. */
  readonly dropped: number;
  readonly elapsedMs: number;
}

/** Reads so many events of a stream that has no more and stays open. */
export type Read = (url: string, events: number) => Promise<Reading>;

export type ContestantName =
  | 'EventSource, bare'
  | 'EventSource, ticker'
  | 'fetch-event-source, bare'
  | 'fetch-event-source, ticker'
  | 'eventsource-parser, bare'
  | 'fetch and parser, ticker';

declare global {
  interface Window {
    contestants: Readonly<Record<ContestantName, Read>>;
  }
}
