import type { LogFilter, LogSearch } from './log-filter.ts';
import { LEVEL_KEYS } from './log-levels.ts';
import { placedTime } from './log-line.ts';
import { arrivalOf, type BlockSegment } from './row-segments.ts';

/**
 * Which lines of a block a filter shows, whatever an expression says: 1 for those. It reads columns and makes no line, so that
 * 200,000 of them take some milliseconds. Of a search by text it may be what the block's search keeps, and is not to be changed.
 */
export function maskOf(filter: LogFilter, segment: BlockSegment): Uint8Array {
  const tests = testsOf(filter, segment);
  const found = searchMask(filter.search, segment);
  if (tests.length === 0) return found;
  const mask = found.slice();
  for (const test of tests) {
    for (let index = 0; index < mask.length; index += 1) if (!test(index)) mask[index] = 0;
  }
  return mask;
}

type IndexTest = (index: number) => boolean;

function testsOf({ hiddenLevels, service, range }: LogFilter, segment: BlockSegment): readonly IndexTest[] {
  const { levels, services, serviceNames, times } = segment.block;
  const tests: IndexTest[] = [];
  if (hiddenLevels.length > 0) {
    const shown = LEVEL_KEYS.map((key) => !hiddenLevels.includes(key));
    tests.push((index) => shown[levels[index] ?? 0] === true);
  }
  if (service !== null) {
    const place = serviceNames.indexOf(service) + 1;
    tests.push((index) => place > 0 && services[index] === place);
  }
  if (range !== null) {
    tests.push((index) => {
      const timeMs = placedTime(times[index] ?? Number.NaN, arrivalOf(segment, index));
      return timeMs >= range.fromMs && timeMs < range.toMs;
    });
  }
  return tests;
}

/** What a search by text leaves; all where there is none. */
function searchMask(search: LogSearch, { block, search: blockSearch }: BlockSegment): Uint8Array {
  if (search.type !== 'text' || search.effect === 'mark') return new Uint8Array(block.count).fill(1);
  const found = blockSearch.find(search.text);
  if (search.effect === 'show') return found;
  const others = new Uint8Array(block.count);
  for (let index = 0; index < others.length; index += 1) others[index] = 1 - (found[index] ?? 0);
  return others;
}
