import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFrameBatch, runInFrames } from '../../src/store/frame-batch.ts';
import { nextFrame } from '../../src/store/next-frame.ts';
import { controlledFrames } from './controlled-frames.ts';

function batchOf(maxWaiting?: number) {
  const frames = controlledFrames();
  const flushed: number[][] = [];
  const batch = createFrameBatch<number>({
    onFlush: (events) => flushed.push([...events]),
    schedule: frames.schedule,
    ...(maxWaiting === undefined ? {} : { maxWaiting }),
  });
  return { batch, frames, flushed };
}

describe('createFrameBatch', () => {
  it('hands over all that was pushed in one flush a frame, in order', () => {
    const { batch, frames, flushed } = batchOf();
    for (const event of [1, 2, 3]) batch.push(event);
    expect(flushed).toEqual([]);
    expect(frames.waiting()).toBe(1);
    frames.draw();
    batch.push(4);
    frames.draw();
    expect(flushed).toEqual([[1, 2, 3], [4]]);
  });

  it('asks for no frame while nothing waits', () => {
    const { batch, frames, flushed } = batchOf();
    batch.push(1);
    frames.draw();
    expect(frames.waiting()).toBe(0);
    batch.flush();
    expect(flushed).toEqual([[1]]);
  });

  it('flushes at once at its bound, and lets the frame that it had asked for go', () => {
    const { batch, frames, flushed } = batchOf(3);
    for (const event of [1, 2, 3, 4]) batch.push(event);
    expect(flushed).toEqual([[1, 2, 3]]);
    expect(frames.waiting()).toBe(1);
    frames.draw();
    expect(flushed).toEqual([[1, 2, 3], [4]]);
  });

  it('flushes what waits when it is closed, and takes nothing more', () => {
    const { batch, frames, flushed } = batchOf();
    batch.push(1);
    batch.close();
    batch.push(2);
    frames.draw();
    expect(flushed).toEqual([[1]]);
    expect(frames.waiting()).toBe(0);
  });

  it('keeps what is pushed from within a flush for the next', () => {
    const frames = controlledFrames();
    const flushed: number[][] = [];
    const batch = createFrameBatch<number>({
      onFlush: (events) => {
        flushed.push([...events]);
        if (flushed.length === 1) batch.push(2);
      },
      schedule: frames.schedule,
    });
    batch.push(1);
    frames.draw();
    frames.draw();
    expect(flushed).toEqual([[1], [2]]);
  });

  it('loses and repeats nothing, and holds its bound, however pushes and frames mix', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.constantFrom('push', 'draw', 'flush'), { maxLength: 200 }),
        (maxWaiting, steps) => {
          const { batch, frames, flushed } = batchOf(maxWaiting);
          let pushed = 0;
          for (const step of steps) {
            if (step === 'draw') frames.draw();
            else if (step === 'flush') batch.flush();
            else {
              batch.push(pushed);
              pushed += 1;
            }
            expect(pushed - flushed.flat().length).toBeLessThan(maxWaiting);
          }
          batch.close();
          expect(flushed.flat()).toEqual([...Array(pushed).keys()]);
          expect(flushed.every((events) => events.length > 0 && events.length <= maxWaiting)).toBe(true);
        },
      ),
    );
  });
});

describe('runInFrames', () => {
  const { signal } = new AbortController();

  it('hands over nothing of a run that was left, not even what waits', async () => {
    const left = new AbortController();
    const frames = controlledFrames();
    const flushed: number[][] = [];
    async function* source() {
      yield 1;
      frames.draw();
      yield 2;
      left.abort();
    }
    await runInFrames(source(), (events) => flushed.push([...events]), {
      signal: left.signal,
      schedule: frames.schedule,
    });
    expect(flushed).toEqual([[1]]);
  });

  it('hands over what waits at the abort where that is asked for, and nothing after it', async () => {
    const left = new AbortController();
    const frames = controlledFrames();
    const flushed: number[][] = [];
    async function* source() {
      yield 1;
      frames.draw();
      yield 2;
      left.abort();
      yield 3;
    }
    await runInFrames(source(), (events) => flushed.push([...events]), {
      signal: left.signal,
      schedule: frames.schedule,
      flushesAtAbort: true,
    });
    expect(flushed).toEqual([[1], [2]]);
  });

  it('hands over the rest when the source ends', async () => {
    const frames = controlledFrames();
    const flushed: number[][] = [];
    async function* source() {
      yield 1;
      yield 2;
      frames.draw();
      yield 3;
    }
    await runInFrames(source(), (events) => flushed.push([...events]), {
      signal,
      schedule: frames.schedule,
    });
    expect(flushed).toEqual([[1, 2], [3]]);
    expect(frames.waiting()).toBe(0);
  });

  it('throws what taking a frame throws, though the source says nothing more, and hands over no more', async () => {
    const frames = controlledFrames();
    const defect = new Error('a defect of the panel');
    const taken: number[][] = [];
    let more: (event: number) => void = () => undefined;
    async function* source() {
      yield 1;
      while (true) yield await new Promise<number>((resolve) => (more = resolve));
    }
    const run = runInFrames(
      source(),
      (events) => {
        taken.push([...events]);
        throw defect;
      },
      { signal, schedule: frames.schedule },
    );
    await vi.waitFor(() => expect(frames.waiting()).toBe(1));
    frames.draw();
    await expect(run).rejects.toBe(defect);
    more(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(frames.waiting()).toBe(0);
    expect(taken).toEqual([[1]]);
  });

  it('hands over what came before a failure, then throws it', async () => {
    const flushed: number[][] = [];
    const broken = new Error('the connection broke');
    async function* source() {
      yield 1;
      throw broken;
    }
    const run = runInFrames(source(), (events) => flushed.push([...events]), {
      signal,
      schedule: controlledFrames().schedule,
    });
    await expect(run).rejects.toBe(broken);
    expect(flushed).toEqual([[1]]);
  });
});

describe('nextFrame', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** A page whose frames come when `draw` is called: never, in a hidden tab. */
  function stubFrames() {
    const frames = controlledFrames();
    const cancels = new Map<number, () => void>();
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
      cancels.set(cancels.size + 1, frames.schedule(callback));
      return cancels.size;
    });
    vi.stubGlobal('cancelAnimationFrame', (id: number) => cancels.get(id)?.());
    return frames;
  }

  it('runs at the frame, and not again by its timer', () => {
    const frames = stubFrames();
    const run = vi.fn();
    nextFrame(run);
    frames.draw();
    expect(run).toHaveBeenCalledTimes(1);
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs by its timer where no frame comes, and not again by a late frame', () => {
    const frames = stubFrames();
    const run = vi.fn();
    nextFrame(run);
    vi.runAllTimers();
    frames.draw();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs by its timer where there are no frames at all', () => {
    vi.stubGlobal('requestAnimationFrame', undefined);
    const run = vi.fn();
    nextFrame(run);
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('does not run once cancelled', () => {
    const frames = stubFrames();
    const run = vi.fn();
    nextFrame(run)();
    frames.draw();
    vi.runAllTimers();
    expect(run).not.toHaveBeenCalled();
  });
});
