import type { Browser, CDPSession } from '@playwright/test';

/** What is still reachable after a collection, in MB (10^6 bytes). */
export interface Heap {
  readonly pageMb: number;
  /** Of all workers, shared ones too; 0 where there are none. */
  readonly workersMb: number;
  readonly workers: number;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

const WORKERS = ['worker', 'shared_worker'];

/** Collects, then adds up the heaps of the browser's pages and workers: values, DOM, array buffers, strings off the heap. */
export async function measureHeap(browser: Browser): Promise<Heap> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { targetInfos } = await session.send('Target.getTargets');
    const sizes = { page: 0, workers: 0 };
    let workers = 0;
    for (const { targetId, type, url } of targetInfos) {
      const isWorker = WORKERS.includes(type);
      if (!isWorker && (type !== 'page' || url === 'about:blank')) continue;
      const bytes = await heapOfTarget(session, targetId);
      sizes[isWorker ? 'workers' : 'page'] += bytes;
      workers += isWorker ? 1 : 0;
    }
    return { pageMb: sizes.page / 1e6, workersMb: sizes.workers / 1e6, workers };
  } finally {
    await session.detach();
  }
}

async function heapOfTarget(session: CDPSession, targetId: string): Promise<number> {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  try {
    // What finalisers let go in the first collection, the second takes.
    await ask(session, sessionId, 1, 'HeapProfiler.collectGarbage');
    await ask(session, sessionId, 2, 'HeapProfiler.collectGarbage');
    const usage = (await ask(session, sessionId, 3, 'Runtime.getHeapUsage')) as HeapUsage;
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  } finally {
    await session.send('Target.detachFromTarget', { sessionId });
  }
}

const ANSWER_TIMEOUT_MS = 60_000;

/** Playwright has sessions for pages and for the browser, none for workers: the message goes in an envelope. */
function ask(session: CDPSession, sessionId: string, id: number, method: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      clearTimeout(timer);
      session.off('Target.receivedMessageFromTarget', take);
      how();
    };
    const take = (event: { sessionId: string; message: string }) => {
      const answer = JSON.parse(event.message) as {
        id?: number;
        result?: unknown;
        error?: { message: string };
      };
      if (event.sessionId !== sessionId || answer.id !== id) return;
      settle(() =>
        answer.error ? reject(new Error(`${method}: ${answer.error.message}`)) : resolve(answer.result),
      );
    };
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${method} was not answered`))),
      ANSWER_TIMEOUT_MS,
    );
    session.on('Target.receivedMessageFromTarget', take);
    session
      .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      .catch((error: Error) => settle(() => reject(error)));
  });
}
