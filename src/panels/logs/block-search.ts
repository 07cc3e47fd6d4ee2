import type { LineBlock } from './line-block.ts';
import { type Texts, TextsWriter, textAt } from './texts.ts';

/**
 * Finds text in a block of lines: in one long string, which is searched some fifty times as fast as many short ones. What it
 * needs for that it makes when it is asked first.
 */
export class BlockSearch {
  readonly #block: LineBlock;
  #lowered: readonly Texts[] | null = null;

  constructor(block: LineBlock) {
    this.#block = block;
  }

  /** Makes what `find` needs, which takes longer than to find: before it is asked, where that is known. */
  prepare(): readonly Texts[] {
    const { messages, fieldTexts } = this.#block;
    this.#lowered ??= [lowered(messages), lowered(fieldTexts)];
    return this.#lowered;
  }

  /**
   * Which lines hold the needle in message, fields or service: 1 for those that do.
   *
   * @param needle in lower case
   */
  find(needle: string): Uint8Array {
    const { count, services, serviceNames } = this.#block;
    const found = new Uint8Array(count);
    for (const texts of this.prepare()) markFound(needle, texts, found);
    const named = new Set(
      serviceNames.flatMap((name, place) => (name.toLowerCase().includes(needle) ? [place + 1] : [])),
    );
    if (named.size > 0) {
      for (let index = 0; index < count; index += 1) if (named.has(services[index] ?? 0)) found[index] = 1;
    }
    return found;
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
