import { countOnes } from './count-ones.ts';
import { type JoinedTexts, joinedAt, type PackedJoinedTexts, unpackJoined } from './texts.ts';

/** Which lines hold a needle: 1 for those that do, and how many that is. */
interface Found {
  readonly needle: string;
  readonly lines: Uint8Array;
  readonly count: number;
}

/** With fewer than one in so many left, to look into each of them is faster than to look through all. */
const FEW = 5;

/**
 * Finds text in a block of lines: in one long string, which is searched some fifty times as fast as many short ones. Who types a
 * word asks for more of it with each key: what holds the longer needle is among what held the shorter, and looked for there as
 * soon as that is little.
 */
export class BlockSearch {
  readonly #texts: JoinedTexts;
  #last: Found | null = null;

  constructor(lowered: PackedJoinedTexts) {
    // At once: of 20,000 lines a second it is a few milliseconds, of all that are held too much while somebody waits.
    this.#texts = unpackJoined(lowered);
  }

  /**
   * Which lines hold the needle in message, fields or service: 1 for those that do. It is not to be changed.
   *
   * @param needle in lower case, without a line break
   */
  find(needle: string): Uint8Array {
    const last = this.#last;
    const isMore = last !== null && needle.includes(last.needle);
    if (isMore && (last.needle === needle || last.count === 0)) return last.lines;
    const isFew = isMore && last.count * FEW < last.lines.length;
    const lines = isFew ? findAmong(last.lines, needle, this.#texts) : findInAll(needle, this.#texts);
    this.#last = { needle, lines, count: countOnes(lines, 0, lines.length) };
    return lines;
  }
}

function findAmong(lines: Uint8Array, needle: string, texts: JoinedTexts): Uint8Array {
  const found = new Uint8Array(lines.length);
  for (let index = 0; index < lines.length; index += 1) {
    if (lines[index] === 1 && joinedAt(texts, index).includes(needle)) found[index] = 1;
  }
  return found;
}

function findInAll(needle: string, { text, ends }: JoinedTexts): Uint8Array {
  const found = new Uint8Array(ends.length);
  let index = 0;
  let at = text.indexOf(needle);
  while (at !== -1) {
    while ((ends[index] ?? Number.POSITIVE_INFINITY) <= at) index += 1;
    const end = ends[index] ?? text.length;
    // What begins in one line and ends in the next is in neither.
    const inLine = at + needle.length <= end;
    if (inLine) found[index] = 1;
    at = text.indexOf(needle, inLine ? end : at + 1);
  }
  return found;
}
