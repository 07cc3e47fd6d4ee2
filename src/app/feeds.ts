import { feedWorker } from '../streams/shared/page-feeds.ts';
import { overMessagePort } from '../streams/shared/port-messages.ts';

/** Starts the worker that holds the feeds, or finds the one that other tabs have. Without it each page holds its own. */
export function startFeeds(): void {
  if (typeof SharedWorker === 'undefined') return;
  feedWorker.startWith(() => {
    // Its URL names its content: pages of another build have another worker.
    const worker = new SharedWorker(new URL('./feeds-worker.ts', import.meta.url), {
      type: 'module',
      name: 'streamscope-feeds',
    });
    const broken = new AbortController();
    worker.addEventListener('error', () => broken.abort(), { once: true });
    return { port: overMessagePort(worker.port), broken: broken.signal };
  });
}
