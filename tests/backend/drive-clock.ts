import type { HeldClock } from '../fixtures/held-clock.ts';
import { settled } from '../fixtures/manual-clock.ts';

/** Resolves when somebody waits for the clock. What ran up to there took no time. */
export async function somebodyWaits(clock: HeldClock): Promise<void> {
  while (clock.pending === 0) await settled();
}

/** Moves time on from wait to wait until `task` is done, however long its work between two waits takes. */
export async function driveClock(clock: HeldClock, stepMs: number, task: Promise<unknown>): Promise<void> {
  let done = false;
  const finish = () => {
    done = true;
  };
  task.then(finish, finish);
  while (!done) {
    if (clock.pending > 0) clock.advance(stepMs);
    await settled();
  }
  await task;
}
