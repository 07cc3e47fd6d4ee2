import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Nothing is painted here: how long a busy machine takes for a test is no cost of drawing to rest after.
vi.mock('../../src/store/paced-frames.ts', async () => {
  const { nextFrame } = await import('../../src/store/next-frame.ts');
  return { pacedFrames: nextFrame };
});

afterEach(cleanup);
