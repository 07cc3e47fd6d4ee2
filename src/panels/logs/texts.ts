/**
 * Many texts in one buffer of UTF-8, and where in it each ends, in bytes. It is not on the heap of scripts: strings that are kept for
 * long are copied twice by a garbage collector, which 20,000 lines a second made stop the page for 20 ms every second.
 */
export interface Texts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Many texts in one string, and where in it each ends, in UTF-16 code units. */
export interface JoinedTexts {
  readonly text: string;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Joined texts on their way from thread to thread, and to one who keeps them: a browser holds what it decodes off the heap. */
export interface PackedJoinedTexts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** In UTF-16 code units. */
  readonly unitEnds: Uint32Array<ArrayBuffer>;
}

/** Texts that are looked at one by one and searched joined. */
export interface SearchedTexts extends Texts, PackedJoinedTexts {}

const encoder = new TextEncoder();
// What begins with a byte order mark keeps it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text as it was written; of half a surrogate pair, which UTF-8 has no bytes for, U+FFFD is left. */
export const textAt = (texts: Texts, index: number): string =>
  textBetween(texts.bytes, startOf(texts, index), texts.ends[index] ?? 0);

/** Where in the bytes a text begins, and the one before it ends. */
export const startOf = ({ ends }: Texts, index: number): number => (index === 0 ? 0 : (ends[index - 1] ?? 0));

export const textBetween = (bytes: Uint8Array, from: number, end: number): string =>
  decoder.decode(bytes.subarray(from, end));

export const joinedAt = ({ text, ends }: JoinedTexts, index: number): string =>
  text.slice(index === 0 ? 0 : ends[index - 1], ends[index]);

export function joinTexts(texts: readonly string[]): JoinedTexts {
  let end = 0;
  const ends = Uint32Array.from(texts, ({ length }) => {
    end += length;
    return end;
  });
  return { text: texts.join(''), ends };
}

export const packJoined = ({ text, ends }: JoinedTexts): PackedJoinedTexts => ({
  bytes: encoder.encode(text),
  unitEnds: ends,
});

/** All of them in one string: to look into each, this is faster than `textAt`. */
export const unpackJoined = ({ bytes, unitEnds }: PackedJoinedTexts): JoinedTexts => ({
  text: decoder.decode(bytes),
  ends: unitEnds,
});

/** Where each of the texts ends once they are joined. */
export function joinedEndsOf({ bytes, ends }: Texts, { length }: string): Uint32Array<ArrayBuffer> {
  // One byte for each code unit: all of it is ASCII.
  if (length === bytes.length) return ends;
  const unitEnds = new Uint32Array(ends.length);
  let units = 0;
  let at = 0;
  for (let index = 0; index < ends.length; index += 1) {
    for (const end = ends[index] ?? 0; at < end; at += 1) units += unitsBegunBy(bytes[at] ?? 0);
    unitEnds[index] = units;
  }
  return unitEnds;
}

/** How many UTF-16 code units a character has that begins with this byte; none where it goes on with it (RFC 3629, section 3). */
function unitsBegunBy(byte: number): number {
  if ((byte & 0xc0) === 0x80) return 0;
  return byte >= 0xf0 ? 2 : 1;
}
