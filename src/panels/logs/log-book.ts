import { RingBuffer } from '../../store/ring-buffer.ts';
import { levelKeyOf } from './log-filter.ts';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';
import type { LogRow } from './log-line.ts';

/** How many rows are kept. */
export const MAX_ROWS = 200_000;

const noLines = (): Record<LevelKey, number> =>
  Object.fromEntries(LEVEL_KEYS.map((key) => [key, 0])) as Record<LevelKey, number>;

/** The rows that are kept, and how many lines of each level they hold. Changed in place: a list spread for each line would cost more than the line. */
export class LogBook {
  readonly rows: RingBuffer<LogRow>;
  counts = noLines();

  constructor(capacity: number) {
    this.rows = new RingBuffer(capacity);
  }

  append(row: LogRow): void {
    if (this.rows.size === this.rows.capacity) this.#count(this.rows.at(this.rows.start), -1);
    this.rows.append(row);
    this.#count(row, 1);
  }

  clear(): void {
    this.rows.clear();
    this.counts = noLines();
  }

  #count(row: LogRow | undefined, by: 1 | -1): void {
    if (row?.type === 'line') this.counts[levelKeyOf(row.line)] += by;
  }
}
