import { nextFrame, type ScheduleFrame } from './next-frame.ts';

/**
 * The rest after a frame grows with the square of what it took: nothing is noticed of 6 ms, 20 ms delay a frame now and then
 * (a rest of 67 ms), 50 ms are a hitch each time (400 ms).
 */
const COST_WITHOUT_REST_MS = 6;
/** Beyond this a live panel would look as if it stood still. */
const MAX_REST_MS = 400;

export interface PacedFramesOptions {
  readonly schedule?: ScheduleFrame;
  readonly nowMs?: () => number;
  /** Calls back once what was drawn in this frame is laid out and painted. */
  readonly afterPaint?: (callback: () => void) => void;
  /** Calls back after so many milliseconds. */
  readonly after?: (waitMs: number, callback: () => void) => void;
  /** A hidden page paints nothing, and its timers are late: what they measure there is no cost. */
  readonly isHidden?: () => boolean;
}

/**
 * Frames that leave room. Whatever waits is drawn in one frame, all of it together; how long that took, paint and all,
 * decides when the next one comes: at once where it was light, after a rest where it was heavy. So a page that has much
 * to draw, or a machine that is busy, draws less often, and scrolling, typing and whatever else runs have the time in
 * between.
 */
export function createPacedFrames({
  schedule = nextFrame,
  nowMs = () => performance.now(),
  afterPaint = (callback) => setTimeout(callback),
  after = (waitMs, callback) => setTimeout(callback, waitMs),
  isHidden = () => document.hidden,
}: PacedFramesOptions = {}): ScheduleFrame {
  let waiting = new Set<() => void>();
  let asked = false;
  let restUntilMs = Number.NEGATIVE_INFINITY;

  const ask = () => {
    if (asked) return;
    asked = true;
    const restMs = restUntilMs - nowMs();
    if (restMs > 0) after(restMs, () => schedule(draw));
    else schedule(draw);
  };
  const draw = () => {
    if (waiting.size === 0) {
      asked = false;
      return;
    }
    const startedAtMs = nowMs();
    const due = waiting;
    waiting = new Set();
    // What is asked for before it is known how long this frame took waits until it is.
    afterPaint(() => {
      restUntilMs = nowMs() + (isHidden() ? 0 : restAfter(nowMs() - startedAtMs));
      asked = false;
      if (waiting.size > 0) ask();
    });
    for (const callback of due) {
      try {
        callback();
      } catch (error) {
        reportError(error);
      }
    }
  };

  return (callback) => {
    // Of its own identity: one function may wait twice.
    const call = () => callback();
    waiting.add(call);
    ask();
    return () => waiting.delete(call);
  };
}

const restAfter = (costMs: number): number =>
  costMs <= COST_WITHOUT_REST_MS ? 0 : Math.min(MAX_REST_MS, costMs ** 2 / COST_WITHOUT_REST_MS);

/** Those of this page, for all that draws. */
export const pacedFrames: ScheduleFrame = createPacedFrames();
