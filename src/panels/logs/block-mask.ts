import type { LogFilter } from './log-filter.ts';
import { LEVEL_KEYS } from './log-levels.ts';
import { placedTime } from './log-line.ts';
import { arrivalOf, type BlockSegment } from './log-rows.ts';

/**
 * Which lines of a block a filter shows, whatever an expression says: 1 for those. It reads columns and makes no line, so that
 * 200,000 of them take some milliseconds.
 */
export function maskOf(filter: LogFilter, segment: BlockSegment): Uint8Array {
  const { block, search } = segment;
  const { hiddenLevels, service, range } = filter;
  const mask = new Uint8Array(block.count).fill(1);
  const keepWhere = (keeps: (index: number) => boolean) => {
    for (let index = 0; index < mask.length; index += 1) if (!keeps(index)) mask[index] = 0;
  };
  if (hiddenLevels.length > 0) {
    const shown = LEVEL_KEYS.map((key) => !hiddenLevels.includes(key));
    keepWhere((index) => shown[block.levels[index] ?? 0] === true);
  }
  if (service !== null) {
    const place = block.serviceNames.indexOf(service) + 1;
    keepWhere((index) => place > 0 && block.services[index] === place);
  }
  if (range !== null) {
    keepWhere((index) => {
      const timeMs = placedTime(block.times[index] ?? Number.NaN, arrivalOf(segment, index));
      return timeMs >= range.fromMs && timeMs < range.toMs;
    });
  }
  if (filter.search.type === 'text' && filter.search.effect !== 'mark') {
    const found = search.find(filter.search.text);
    const wanted = filter.search.effect === 'show' ? 1 : 0;
    keepWhere((index) => found[index] === wanted);
  }
  return mask;
}
