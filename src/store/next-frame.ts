/** Schedules one callback for the next animation frame, and returns what cancels it. */
export type ScheduleFrame = (callback: () => void) => () => void;

/** A hidden tab gets no frames: after this long a timer flushes instead. Shorter than any reader's patience. */
const HIDDEN_FLUSH_MS = 250;

/** An animation frame, or a timer where frames do not come (hidden tabs, workers). */
export const nextFrame: ScheduleFrame = (callback) => {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    if (frame !== null) cancelAnimationFrame(frame);
    callback();
  };
  const timer = setTimeout(run, HIDDEN_FLUSH_MS);
  const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(run) : null;
  return () => {
    done = true;
    clearTimeout(timer);
    if (frame !== null) cancelAnimationFrame(frame);
  };
};
