import type { LineBlock } from './line-block.ts';
import { type Texts, TextsWriter, textAt } from './texts.ts';

/** Which lines hold a needle: 1 for those that do, and how many that is. */
interface Found {
  readonly needle: string;
  readonly lines: Uint8Array;
  readonly count: number;
}

/** With fewer than one in so many left, to look into each of them is faster than to look through all. */
const FEW = 8;

/**
 * Finds text in a block of lines: in one long string, which is searched some fifty times as fast as many short ones. Who types a
 * word asks for more of it with each key: what holds the longer needle is among what held the shorter, and looked for there as
 * soon as that is little.
 */
export class BlockSearch {
  readonly #block: LineBlock;
  readonly #lowered: readonly Texts[];
  #last: Found | null = null;

  constructor(block: LineBlock) {
    this.#block = block;
    // At once: of 20,000 lines a second it is a few milliseconds, of all that are held too much while somebody waits. Of 200,000
    // lines it takes some 25 MB.
    this.#lowered = [lowered(block.messages), lowered(block.fieldTexts)];
  }

  /**
   * Which lines hold the needle in message, fields or service: 1 for those that do. It is not to be changed.
   *
   * @param needle in lower case
   */
  find(needle: string): Uint8Array {
    const last = this.#last;
    const isMore = last !== null && needle.includes(last.needle);
    if (isMore && (last.needle === needle || last.count === 0)) return last.lines;
    const lines =
      isMore && last.count * FEW < this.#block.count
        ? this.#findAmong(last.lines, needle)
        : this.#findInAll(needle);
    this.#last = { needle, lines, count: lines.reduce((sum, found) => sum + found, 0) };
    return lines;
  }

  #findInAll(needle: string): Uint8Array {
    const { count, services } = this.#block;
    const found = new Uint8Array(count);
    for (const texts of this.#lowered) markFound(needle, texts, found);
    const named = this.#servicesWith(needle);
    if (named.size > 0) {
      for (let index = 0; index < count; index += 1) if (named.has(services[index] ?? 0)) found[index] = 1;
    }
    return found;
  }

  #findAmong(lines: Uint8Array, needle: string): Uint8Array {
    const { services } = this.#block;
    const named = this.#servicesWith(needle);
    const holds = (index: number) =>
      named.has(services[index] ?? 0) || this.#lowered.some((texts) => textAt(texts, index).includes(needle));
    return lines.map((isAmong, index) => (isAmong === 1 && holds(index) ? 1 : 0));
  }

  #servicesWith(needle: string): ReadonlySet<number> {
    const names = this.#block.serviceNames;
    return new Set(names.flatMap((name, place) => (name.toLowerCase().includes(needle) ? [place + 1] : [])));
  }
}

function markFound(needle: string, { text, ends }: Texts, found: Uint8Array): void {
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
}

const beyondLatin1 = /[\u0100-\uffff]/;

/** Beyond Latin-1 a few characters change their length in lower case, or look at what follows them: there each line by itself. */
function lowered(texts: Texts): Texts {
  const { text, ends } = texts;
  if (!beyondLatin1.test(text)) return { text: text.toLowerCase(), ends };
  const writer = new TextsWriter(ends.length);
  for (let index = 0; index < ends.length; index += 1) writer.add(textAt(texts, index).toLowerCase());
  return writer.written();
}
