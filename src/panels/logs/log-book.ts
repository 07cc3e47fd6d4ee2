import type { LineBlock } from './line-block.ts';
import { LogHistogram } from './log-histogram.ts';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';
import { type LogRow, levelKeyOf, timeOf } from './log-line.ts';
import { LogRows } from './log-rows.ts';

/** How many rows are kept. */
export const MAX_ROWS = 200_000;

const noLines = (): Record<LevelKey, number> =>
  Object.fromEntries(LEVEL_KEYS.map((key) => [key, 0])) as Record<LevelKey, number>;

/** How many services are told apart: a log that names more than these names something else. */
const MAX_SERVICES = 200;

/** The rows that are kept, and how many lines of each level, service and time they hold. Changed in place: a list spread for each line would cost more than the line. */
export class LogBook {
  readonly rows: LogRows;
  counts = noLines();
  readonly histogram = new LogHistogram();
  readonly #services = new Map<string, number>();

  constructor(capacity: number) {
    this.rows = new LogRows(capacity);
  }

  append(row: LogRow): void {
    this.#makeRoom(1);
    this.rows.append(row);
    this.#countFrom(this.rows.end - 1);
  }

  appendBlock(block: LineBlock, arrivedAtMs: number): void {
    this.#makeRoom(block.count);
    this.rows.appendBlock(block, arrivedAtMs);
    this.#countFrom(this.rows.end - block.count);
  }

  /** Those that will be pushed out are counted no more. */
  #makeRoom(count: number): void {
    const { size, capacity, start } = this.rows;
    const leaving = Math.min(size, Math.max(0, size + count - capacity));
    for (let position = start; position < start + leaving; position += 1)
      this.#count(this.rows.at(position), -1);
  }

  #countFrom(position: number): void {
    const { start, end } = this.rows;
    for (let next = Math.max(start, position); next < end; next += 1) this.#count(this.rows.at(next), 1);
    if (this.histogram.tooCoarse) this.#countAnew();
  }

  /** What was merged can't be parted again: finer bins are counted from the rows. */
  #countAnew(): void {
    this.histogram.refine();
    for (const row of this.rows) {
      if (row.type === 'line')
        this.histogram.count(timeOf(row.line, row.arrivedAtMs), levelKeyOf(row.line), 1);
    }
  }

  clear(): void {
    this.rows.clear();
    this.counts = noLines();
    this.histogram.clear();
    this.#services.clear();
  }

  /** The services of the lines that are held, by name. */
  services(): readonly string[] {
    return [...this.#services.keys()].sort((a, b) => a.localeCompare(b));
  }

  #count(row: LogRow | undefined, by: 1 | -1): void {
    if (row?.type !== 'line') return;
    const { line, arrivedAtMs } = row;
    this.counts[levelKeyOf(line)] += by;
    this.histogram.count(timeOf(line, arrivedAtMs), levelKeyOf(line), by);
    if (line.service !== null) this.#countService(line.service, by);
  }

  #countService(service: string, by: 1 | -1): void {
    const count = this.#services.get(service);
    const isNew = count === undefined;
    if (isNew && (by === -1 || this.#services.size >= MAX_SERVICES)) return;
    const after = (count ?? 0) + by;
    if (after > 0) this.#services.set(service, after);
    else this.#services.delete(service);
  }
}
