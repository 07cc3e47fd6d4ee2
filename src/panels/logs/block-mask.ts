import type { BlockSearch } from './block-search.ts';
import type { LogFilter, LogSearch } from './log-filter.ts';
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
  const mask = searchMask(filter.search, block.count, search);
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
  return mask;
}

/** What a search by text leaves, to be narrowed; all where there is none. */
function searchMask(search: LogSearch, count: number, block: BlockSearch): Uint8Array {
  if (search.type !== 'text' || search.effect === 'mark') return new Uint8Array(count).fill(1);
  const found = block.find(search.text);
  return search.effect === 'show' ? found.slice() : found.map((isFound) => 1 - isFound);
}
