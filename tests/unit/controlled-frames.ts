import type { ScheduleFrame } from '../../src/store/next-frame.ts';

/** Frames that come when a test says so. */
export function controlledFrames(): { schedule: ScheduleFrame; draw: () => void; waiting: () => number } {
  const callbacks = new Set<() => void>();
  return {
    schedule(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    draw() {
      const due = [...callbacks];
      callbacks.clear();
      for (const callback of due) callback();
    },
    waiting: () => callbacks.size,
  };
}
