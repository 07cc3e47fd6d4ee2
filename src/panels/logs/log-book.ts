import { RingBuffer } from '../../store/ring-buffer.ts';
import { levelKeyOf } from './log-filter.ts';
import { LogHistogram } from './log-histogram.ts';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';
import { type LogRow, timeOf } from './log-line.ts';
import { LogTexts } from './log-texts.ts';

/** How many rows are kept. */
export const MAX_ROWS = 200_000;

const noLines = (): Record<LevelKey, number> =>
  Object.fromEntries(LEVEL_KEYS.map((key) => [key, 0])) as Record<LevelKey, number>;

/** How many services are told apart: a log that names more than these names something else. */
const MAX_SERVICES = 200;

/** The rows that are kept, and how many lines of each level, service and time they hold. Changed in place: a list spread for each line would cost more than the line. */
export class LogBook {
  readonly rows: RingBuffer<LogRow>;
  counts = noLines();
  readonly histogram = new LogHistogram();
  readonly texts = new LogTexts();
  readonly #services = new Map<string, number>();

  constructor(capacity: number) {
    this.rows = new RingBuffer(capacity);
  }

  append(row: LogRow): void {
    if (this.rows.size === this.rows.capacity) this.#count(this.rows.at(this.rows.start), -1);
    this.rows.append(row);
    this.#count(row, 1);
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
    this.texts.clear();
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
