import type { LineBlock } from './line-block.ts';
import { LogHistogram } from './log-histogram.ts';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';
import { type LogRow, levelKeyOf, placedTime, timeOf } from './log-line.ts';
import { LogRows } from './log-rows.ts';
import { arrivalOf, type BlockSegment } from './row-segments.ts';

/** How many rows are kept, where they are no longer than lines of a log mostly are. */
export const MAX_ROWS = 200_000;

const noLines = (): Record<LevelKey, number> =>
  Object.fromEntries(LEVEL_KEYS.map((key) => [key, 0])) as Record<LevelKey, number>;

/** How many services are told apart: a log that names more than these names something else. */
const MAX_SERVICES = 200;
/** From so many on it is worth while to go through the services of their block. */
const MANY_LINES = 16;

/** The rows that are kept, and how many lines of each level, service and time they hold. Changed in place: a list spread for each line would cost more than the line. */
export class LogBook {
  readonly rows: LogRows;
  counts = noLines();
  readonly histogram = new LogHistogram();
  readonly #services = new Map<string, number>();

  /** @param first the position of its first row */
  constructor(capacity: number, first = 0) {
    // Those that are pushed out are counted no more.
    this.rows = new LogRows(capacity, { first, onLeave: (from, end) => this.#count(from, end, -1) });
  }

  append(row: LogRow): void {
    this.rows.append(row);
    this.#countFrom(this.rows.end - 1);
  }

  appendBlock(block: LineBlock, arrivedAtMs: number): void {
    this.rows.appendBlock(block, arrivedAtMs);
    this.#countFrom(this.rows.end - block.count);
  }

  /** Joins two books of which the one goes on where the other ended. Returns the one that holds all from now on. */
  static joined(earlier: LogBook, later: LogBook): LogBook {
    if (LogRows.joined(earlier.rows, later.rows) === later.rows) return later;
    for (const level of LEVEL_KEYS) earlier.counts[level] += later.counts[level];
    for (const [service, count] of later.#services) earlier.#countService(service, count);
    earlier.histogram.add(later.histogram);
    if (earlier.histogram.tooCoarse) earlier.#countAnew();
    return earlier;
  }

  #countFrom(position: number): void {
    this.#count(Math.max(this.rows.start, position), this.rows.end, 1);
    // What was merged can't be parted again: finer bins are counted from the rows.
    if (this.histogram.tooCoarse) this.#countAnew();
  }

  #countAnew(): void {
    this.counts = noLines();
    this.#services.clear();
    this.histogram.refine();
    this.#count(this.rows.start, this.rows.end, 1);
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

  /** Counts the rows from one position to before another; those in blocks by their columns, without making a line. */
  #count(from: number, end: number, by: 1 | -1): void {
    let position = from;
    while (position < end) {
      const segment = this.rows.blockAt(position);
      const last = segment === null ? position + 1 : Math.min(end, segment.first + segment.block.count);
      if (segment !== null && last - position >= MANY_LINES)
        this.#countLines(segment, position - segment.first, last - segment.first, by);
      else for (let next = position; next < last; next += 1) this.#countRow(this.rows.at(next), by);
      position = last;
    }
  }

  #countRow(row: LogRow | undefined, by: 1 | -1): void {
    if (row?.type !== 'line') return;
    const { line, arrivedAtMs } = row;
    this.counts[levelKeyOf(line)] += by;
    this.histogram.count(timeOf(line, arrivedAtMs), levelKeyOf(line), by);
    if (line.service !== null) this.#countService(line.service, by);
  }

  #countLines(segment: BlockSegment, from: number, end: number, by: 1 | -1): void {
    const { times, levels, services, serviceNames } = segment.block;
    const ofService = new Uint32Array(serviceNames.length + 1);
    for (let index = from; index < end; index += 1) {
      const level = LEVEL_KEYS[levels[index] ?? 0] ?? 'other';
      this.counts[level] += by;
      this.histogram.count(placedTime(times[index] ?? Number.NaN, arrivalOf(segment, index)), level, by);
      const place = services[index] ?? 0;
      ofService[place] = (ofService[place] ?? 0) + 1;
    }
    for (const [index, name] of serviceNames.entries()) {
      const count = ofService[index + 1] ?? 0;
      if (count > 0) this.#countService(name, by * count);
    }
  }

  #countService(service: string, by: number): void {
    const count = this.#services.get(service);
    const isNew = count === undefined;
    if (isNew && (by < 0 || this.#services.size >= MAX_SERVICES)) return;
    const after = (count ?? 0) + by;
    if (after > 0) this.#services.set(service, after);
    else this.#services.delete(service);
  }
}
