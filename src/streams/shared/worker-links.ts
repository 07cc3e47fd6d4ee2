import { untilAborted } from '../abort.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type WebLocks, webLocks } from './web-lock.ts';
import { openLink, type WorkerLink, type WorkerPort } from './worker-link.ts';

/** A worker that was asked for: its port, and how it says that it can't start. */
export interface StartedWorker {
  readonly port: WorkerPort;
  readonly broken: AbortSignal;
}

export interface WorkerLinks {
  /** How the worker is started; until this is called, every reader holds its feed in the page. */
  startWith(start: () => StartedWorker): void;
  /** The link that there is, or a new one; null where feeds are held in the page. Waits while the page is put away. */
  open(signal: AbortSignal): Promise<WorkerLink | null>;
}

/** What of a window is used: a page that is put away into the back/forward cache holds nothing. */
type PageLifecycle = Pick<EventTarget, 'addEventListener'>;

export interface WorkerLinksOptions {
  readonly locks?: WebLocks | null;
  readonly clock?: Clock;
  readonly page?: PageLifecycle | null;
}

/** A worker that dies again and again is not started once more. */
const MAX_STARTS = 5;

export function createWorkerLinks({
  locks = webLocks(),
  clock = systemClock,
  page = typeof window === 'undefined' ? null : window,
}: WorkerLinksOptions = {}): WorkerLinks {
  let start: (() => StartedWorker) | null = null;
  let link: Promise<WorkerLink | null> | null = null;
  let starts = 0;
  let shown = Promise.resolve();
  let show: () => void = () => undefined;

  const startLink = (): Promise<WorkerLink | null> => {
    if (start === null || starts >= MAX_STARTS) return Promise.resolve(null);
    starts += 1;
    try {
      const { port, broken } = start();
      return openLink(port, { locks, clock, broken });
    } catch (error) {
      // A browser may have the constructor and refuse its use: no access to storage, a policy.
      if (error instanceof DOMException || error instanceof TypeError) return Promise.resolve(null);
      throw error;
    }
  };

  page?.addEventListener('pagehide', () => {
    shown = new Promise((resolve) => {
      show = resolve;
    });
    void link?.then((open) => open?.close());
  });
  page?.addEventListener('pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) starts = 0;
    show();
  });

  return {
    startWith(how) {
      start = how;
      link = startLink();
    },
    async open(signal) {
      await untilAborted(shown, signal);
      if (signal.aborted || start === null) return null;
      for (;;) {
        const mine: Promise<WorkerLink | null> = link ?? startLink();
        link = mine;
        const open = await untilAborted(mine, signal);
        // One that could not be opened stays so: the page holds its feeds itself until it is loaded again.
        if (open === null || open.isOpen) return open;
        if (link === mine) link = null;
      }
    },
  };
}
