import { KnownCosts, type Waiting } from './known-costs.ts';
import { nextFrame, type ScheduleFrame } from './next-frame.ts';

/** Nothing is noticed of a frame as short as this. */
const COST_WITHOUT_REST_MS = 4;
/** The rest after a longer one grows with the square of what it took: 6 ms want 18, 12 ms want 72, 20 ms want 200. */
const REST_PER_SQUARE_MS = 0.5;
/** Beyond this a live panel would look as if it stood still. Heavy ones that are drawn one after the other share it. */
const MAX_REST_MS = 400;
/** What is known to take longer together is drawn in as many frames: a frame that a busy machine stretches is short even so. */
const ROOM_MS = 12;
/** Who has done nothing for this long does not type any more. */
const TYPING_MS = 300;
/** Longer than this nothing is held for one who waits. */
const MAX_HELD_MS = 250;
/** What was held comes this long after the answer, which is drawn at once. */
const REST_AFTER_HELD_MS = 50;
/** So often something is drawn while somebody types or looks for something without a pause: with a key that comes after that. */
const MAX_WAIT_BUSY_MS = 600;

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

export interface PacedFrames {
  readonly schedule: ScheduleFrame;
  /** Draws nothing for up to a quarter of a second while something is worked at that somebody waits for. @returns what ends it. */
  readonly hold: () => () => void;
}

/**
 * Frames that leave room. What waits is drawn in the order in which it came, as much in one frame as there is room for: by
 * what each cost when it was last drawn, paint and all. How long a frame took decides when the next one comes: at once where
 * it was light, after a rest where it was heavy. So a page that has much to draw, or a machine that is busy, draws less often
 * and less at a time, and scrolling, typing and whatever else runs have the time in between. After a heavy frame, one who
 * types is kept clear of: the next comes right after a key is painted, when the key after it is furthest, or once nothing is
 * typed any more.
 */
export function createPacedFrames({
  schedule = nextFrame,
  nowMs = () => performance.now(),
  afterPaint = (callback) => setTimeout(callback),
  after = (waitMs, callback) => setTimeout(callback, waitMs),
  isHidden = () => document.hidden,
  onPress = onPressInPage,
}: PacedFramesOptions = {}): PacedFrames {
  const waiting = new Set<Waiting>();
  const costs = new KnownCosts(ROOM_MS);
  let stage: 'idle' | 'resting' | 'scheduled' | 'painting' = 'idle';
  let rests = 0;
  let restMs = 0;
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let pressedAtMs = Number.NEGATIVE_INFINITY;
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  /** Since when each holds. */
  const holds = new Map<object, number>();

  const lateAtMs = () => {
    const [oldest] = waiting;
    return (oldest?.askedAtMs ?? nowMs()) + MAX_WAIT_BUSY_MS;
  };
  const heldUntilMs = () => [...holds.values()].map((sinceMs) => sinceMs + MAX_HELD_MS);
  const leftMs = () => {
    const clearOfTypingAtMs = restMs > 0 ? pressedAtMs + TYPING_MS : 0;
    const freeAtMs = Math.max(answeredAtMs + REST_AFTER_HELD_MS, ...heldUntilMs());
    // One answer after the other may be waited for.
    const freeInTimeAtMs = Math.min(freeAtMs, lateAtMs());
    return Math.max(drawnAtMs + restMs, clearOfTypingAtMs, freeInTimeAtMs) - nowMs();
  };
  const ask = () => {
    if (stage === 'idle') beginRest();
  };
  const beginRest = () => {
    stage = 'resting';
    rests += 1;
    rest(rests);
  };
  /** @param number of a rest that may be over by the time that its timer comes */
  const rest = (number: number) => {
    if (stage !== 'resting' || number !== rests) return;
    const left = leftMs();
    if (left > 0) after(left, () => rest(number));
    else endRest(drawUnlessBusy);
  };
  const endRest = (drawNow: () => void) => {
    if (stage !== 'resting') return;
    stage = 'scheduled';
    schedule(drawNow);
  };
  /** Between the end of a rest and its frame a key may be pressed, and a search begin. */
  const drawUnlessBusy = () => {
    if (leftMs() <= 0) {
      draw();
      return;
    }
    beginRest();
    // After this frame, which shows the key.
    if (nowMs() >= lateAtMs()) afterPaint(() => endRest(draw));
  };
  const draw = () => {
    if (waiting.size === 0) {
      stage = 'idle';
      return;
    }
    stage = 'painting';
    const startedAtMs = nowMs();
    const due = costs.thatFit([...waiting]);
    for (const each of due) waiting.delete(each);
    // What is asked for before it is known how long this frame took waits until it is.
    afterPaint(() => {
      drawnAtMs = nowMs();
      const hidden = isHidden();
      const costMs = drawnAtMs - startedAtMs;
      if (!hidden) costs.learn(due, costMs);
      restMs = hidden
        ? 0
        : Math.min(
            restAfter(costMs),
            MAX_REST_MS / costs.framesOf([...waiting, ...due], COST_WITHOUT_REST_MS),
          );
      stage = 'idle';
      if (waiting.size > 0) ask();
    });
    for (const { callback } of due) {
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
    if (pressedAtMs - drawnAtMs < MAX_WAIT_BUSY_MS) return;
    // The frame that shows the key, and then this one, whatever is held: who types without a pause is to see it, too.
    schedule(() => afterPaint(() => endRest(draw)));
  });

  return {
    schedule(callback) {
      // Of its own identity: one function may wait twice.
      const each = { callback, askedAtMs: nowMs() };
      waiting.add(each);
      ask();
      return () => waiting.delete(each);
    },
    hold() {
      const held = {};
      holds.set(held, nowMs());
      return () => {
        if (!holds.delete(held)) return;
        answeredAtMs = nowMs();
        if (stage === 'resting') beginRest();
      };
    },
  };
}

function restAfter(costMs: number): number {
  if (costMs <= COST_WITHOUT_REST_MS) return 0;
  return costMs ** 2 * REST_PER_SQUARE_MS;
}

function onPressInPage(listener: () => void): void {
  if (typeof document === 'undefined') return;
  for (const type of ['keydown', 'pointerdown']) document.addEventListener(type, listener, true);
}

/** Those of this page, for all that draws. */
export const { schedule: pacedFrames, hold: holdPacedFrames } = createPacedFrames();
