import type { ExpressionRequest } from './expression-protocol.ts';
import { createExpressionSearcher } from './expression-searcher.ts';

const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

const answer = createExpressionSearcher(
  (message) => self.postMessage(message),
  (work) => {
    waiting.push(work);
    turns.port2.postMessage(null);
  },
  () => performance.now(),
);
self.onmessage = ({ data }: MessageEvent<ExpressionRequest>) => answer(data);
self.postMessage({ type: 'ready' });
