import { nextFrame, type ScheduleFrame } from './next-frame.ts';

/** The rest after a frame grows with the square of what it took: nothing is noticed of 6 ms, 12 ms want a rest of 24. */
const COST_WITHOUT_REST_MS = 6;
/** A frame that took longer made the browser leave one out: of twenty and more, no more than one may. */
const FRAME_MS = 16;
/** Beyond this a live panel would look as if it stood still. */
const MAX_REST_MS = 400;
/** What takes longer is drawn in parts: from 50 ms on, a key that is pressed meanwhile is answered late. */
const LONG_MS = 32;
/** More would make each panel wait for too many of its turns. */
const MAX_PARTS = 2;
/** Who has done nothing for this long does not type any more. */
const TYPING_MS = 300;
/** So often at least something is drawn while somebody types without a pause. */
const MAX_REST_TYPING_MS = 600;

export interface PacedFramesOptions {
  readonly schedule?: ScheduleFrame;
  readonly nowMs?: () => number;
  /** Calls back once what was drawn in this frame is laid out and painted. */
  readonly afterPaint?: (callback: () => void) => void;
  /** Calls back after so many milliseconds. */
  readonly after?: (waitMs: number, callback: () => void) => void;
  /** A hidden page paints nothing, and its timers are late: what they measure there is no cost. */
  readonly isHidden?: () => boolean;
  /** Calls back whenever a person presses a key or a button. */
  readonly onPress?: (listener: () => void) => void;
}

/**
 * Frames that leave room. Whatever waits is drawn in one frame, all of it together; how long that took, paint and all,
 * decides when the next one comes: at once where it was light, after a rest where it was heavy; and where it was too long,
 * the oldest half of what waits is drawn then. So a page that has much to draw, or a machine that is busy, draws less often,
 * and scrolling, typing and whatever else runs have the time in between. After a heavy frame, one who types is kept clear
 * of: the next comes right after a key is painted, when the key after it is furthest, or once nothing is typed any more.
 */
export function createPacedFrames({
  schedule = nextFrame,
  nowMs = () => performance.now(),
  afterPaint = (callback) => setTimeout(callback),
  after = (waitMs, callback) => setTimeout(callback, waitMs),
  isHidden = () => document.hidden,
  onPress = onPressInPage,
}: PacedFramesOptions = {}): ScheduleFrame {
  let waiting = new Set<() => void>();
  let stage: 'idle' | 'resting' | 'scheduled' | 'painting' = 'idle';
  let rests = 0;
  let restMs = 0;
  let parts = 1;
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let pressedAtMs = Number.NEGATIVE_INFINITY;

  const leftMs = () => {
    const clearOfTypingMs = restMs > 0 ? pressedAtMs + TYPING_MS : 0;
    return Math.max(drawnAtMs + restMs, clearOfTypingMs) - nowMs();
  };
  const ask = () => {
    if (stage !== 'idle') return;
    stage = 'resting';
    rests += 1;
    rest(rests);
  };
  /** @param number of a rest that may be over by the time that its timer comes */
  const rest = (number: number) => {
    if (stage !== 'resting' || number !== rests) return;
    const left = leftMs();
    if (left > 0) after(left, () => rest(number));
    else endRest();
  };
  const endRest = () => {
    if (stage !== 'resting') return;
    stage = 'scheduled';
    schedule(draw);
  };
  const draw = () => {
    if (waiting.size === 0) {
      stage = 'idle';
      return;
    }
    stage = 'painting';
    const startedAtMs = nowMs();
    const all = [...waiting];
    const due = all.slice(0, Math.ceil(all.length / parts));
    waiting = new Set(all.slice(due.length));
    // What is asked for before it is known how long this frame took waits until it is.
    afterPaint(() => {
      drawnAtMs = nowMs();
      const costMs = isHidden() ? 0 : drawnAtMs - startedAtMs;
      restMs = restAfter(costMs);
      parts = partsAfter(costMs, parts);
      stage = 'idle';
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

  onPress(() => {
    pressedAtMs = nowMs();
    if (stage !== 'resting' || restMs === 0) return;
    if (pressedAtMs - drawnAtMs < Math.max(restMs, MAX_REST_TYPING_MS)) return;
    // The frame that shows the key, and then this one.
    schedule(() => afterPaint(endRest));
  });

  return (callback) => {
    // Of its own identity: one function may wait twice.
    const call = () => callback();
    waiting.add(call);
    ask();
    return () => waiting.delete(call);
  };
}

function restAfter(costMs: number): number {
  if (costMs <= COST_WITHOUT_REST_MS) return 0;
  return costMs > FRAME_MS ? MAX_REST_MS : costMs ** 2 / COST_WITHOUT_REST_MS;
}

/** Whole again only when a part has become light: else each other frame would be long. */
function partsAfter(costMs: number, parts: number): number {
  if (costMs > LONG_MS) return Math.min(MAX_PARTS, parts + 1);
  return costMs <= FRAME_MS / 2 ? 1 : parts;
}

function onPressInPage(listener: () => void): void {
  if (typeof document === 'undefined') return;
  for (const type of ['keydown', 'pointerdown']) document.addEventListener(type, listener, true);
}

/** Those of this page, for all that draws. */
export const pacedFrames: ScheduleFrame = createPacedFrames();
