import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Nothing is painted here: how long a busy machine takes for a test is no cost of drawing to rest after.
vi.mock('../../src/store/paced-frames.ts', async () => {
  const { nextFrame } = await import('../../src/store/next-frame.ts');
  const { holdFrames } = await import('./held-frames.ts');
  return { pacedFrames: nextFrame, holdPacedFrames: holdFrames };
});

// And there is no canvas: what the chart draws is seen in the end-to-end tests.
vi.mock('../../src/panels/ticker/price-plot.ts', () => ({
  createPricePlot: () => ({ show: () => undefined, point: () => undefined, destroy: () => undefined }),
}));

afterEach(cleanup);
