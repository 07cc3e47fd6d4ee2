import type { StreamEvent } from '../types.ts';
import type { FeedPlace, FeedSource } from './feed-kind.ts';

/** What a page says to the worker that holds the feeds. Plain values; `reading` is a number of the page's own. */
export type PageMessage =
  | { readonly type: 'hello'; readonly tabId: string }
  /** The page holds this lock as long as it lives. */
  | { readonly type: 'page-lock'; readonly name: string }
  | {
      readonly type: 'join';
      readonly reading: number;
      readonly kind: string;
      readonly source: FeedSource;
      readonly place: FeedPlace | null;
      /** Go on after the place's last event ID, if the feed has to be opened: its former holder is gone. */
      readonly resume: boolean;
    }
  | { readonly type: 'leave'; readonly reading: number }
  | { readonly type: 'reconnect'; readonly reading: number }
  /** One post was taken. */
  | { readonly type: 'acknowledge'; readonly reading: number }
  | { readonly type: 'bye' };

/** What the worker says to a page. */
export type WorkerMessage =
  /**
   * `lock` is held as long as the worker lives; null where there are no locks. The worker's clock read `nowMs` when this was
   * said, and counts from `timeOriginMs`, in milliseconds since 1970.
   */
  | {
      readonly type: 'welcome';
      readonly timeOriginMs: number;
      readonly nowMs: number;
      readonly lock: string | null;
    }
  /** `events` is empty where the worker only asks whether somebody is there. Times are on the worker's clock. */
  | {
      readonly type: 'post';
      readonly reading: number;
      readonly events: readonly StreamEvent<unknown>[];
      /** Where the page is once it took them. */
      readonly place: FeedPlace;
    };

/** One end of a channel between a page and the worker. */
export interface FeedPort<Sent, Received> {
  send(message: Sent): void;
  receive(listener: (message: Received) => void): void;
  close(): void;
}

/** Both ends are of one build: a worker's URL names its content. */
export function overMessagePort<Sent, Received>(port: MessagePort): FeedPort<Sent, Received> {
  return {
    send: (message) => port.postMessage(message),
    receive(listener) {
      port.onmessage = ({ data }: MessageEvent<Received>) => listener(data);
    },
    close: () => port.close(),
  };
}
