import { readLevel } from '../../contract/log-lines/levels.ts';
import type { LogLevel } from '../../contract/logs.ts';
import { CLOSE_BRACE, COMMA, isDigit, OPEN_BRACE, QUOTE } from './ascii.ts';
import { endOfPlainValue, endOfString, hasEscape, skipSpaces, valueAfter } from './json-bytes.ts';
import { isSame, sameBytes } from './same-bytes.ts';
import { TimeReader } from './time-reader.ts';
import { WordCache } from './word-cache.ts';
import { writeUtf8 } from './write-utf8.ts';

/** A longer line is read in the ordinary way, which then hardly matters. In UTF-16 code units. */
const MAX_LENGTH = 16_384;
const MAX_FIELDS = 16;

const encoder = new TextEncoder();

/** The contract's names (`logEntrySchema`). */
const KEYS = ['timestamp', 'level', 'service', 'message', 'fields'].map((name) => encoder.encode(name));
const FIELDS = KEYS.length - 1;

/** @param expected most entries have their keys in the same order */
function keyAt(bytes: Uint8Array, from: number, end: number, expected: number): number {
  const guess = KEYS[expected];
  if (guess !== undefined && isSame(guess, bytes, from, end)) return expected;
  return KEYS.findIndex((name) => isSame(name, bytes, from, end));
}

/** Where something is in the bytes of a line. */
interface Span {
  from: number;
  end: number;
}

/** One of the line's fields. Of a value that is a string, the span is what is between the quotes. */
interface FieldSpans {
  readonly key: Span;
  readonly value: Span;
}

const newSpan = (): Span => ({ from: 0, end: 0 });

/**
 * Reads a line of the contract's JSON without making an object of it: what most lines of a fast feed are. Whatever is in any
 * way different (other names, nested fields, numbers in another form than a script would write them) it leaves to
 * `readLogLine`, so that both read the same.
 */
export class JsonLineScanner {
  /** The line, as UTF-8. What is said of it is where it is in here, until the next one is scanned. */
  readonly bytes = new Uint8Array(3 * MAX_LENGTH + 1);
  readonly message = newSpan();
  readonly serviceSpan = newSpan();
  /** The object of the fields; empty where there are none. */
  readonly fields = newSpan();
  readonly fieldSpans: readonly FieldSpans[] = Array.from({ length: MAX_FIELDS }, () => ({
    key: newSpan(),
    value: newSpan(),
  }));
  fieldCount = 0;
  timeMs: number | null = null;
  level: LogLevel | null = null;
  service: string | null = null;
  readonly #words = new WordCache();
  readonly #timestamp = newSpan();
  readonly #level = newSpan();
  /** In the order of `KEYS`. One that ends at -1 was not seen. */
  readonly #spans: readonly Span[] = [
    this.#timestamp,
    this.#level,
    this.serviceSpan,
    this.message,
    newSpan(),
  ];
  /** Which of `KEYS` was read last. */
  #key = -1;
  readonly #times = new TimeReader();

  /** Whether the line is one of those. */
  scan(text: string): boolean {
    if (text.charCodeAt(0) !== OPEN_BRACE || text.length > MAX_LENGTH) return false;
    const { bytes } = this;
    const written = writeUtf8(text, bytes);
    // Ends every loop: no string and no number goes over it.
    bytes[written] = 0;
    this.#forget();
    const end = this.#scanEntry(skipSpaces(bytes, 1));
    if (end === -1 || skipSpaces(bytes, end) !== written) return false;
    return this.#read();
  }

  #forget(): void {
    for (const span of this.#spans) span.end = -1;
    this.#key = -1;
    this.fieldCount = 0;
    this.fields.from = 0;
    this.fields.end = 0;
  }

  /** Returns where the entry ends; -1 where it is another one, or none. */
  #scanEntry(from: number): number {
    const { bytes } = this;
    let at = from;
    for (;;) {
      at = this.#scanMember(at);
      if (at === -1) return -1;
      if (bytes[at] === CLOSE_BRACE) return this.message.end === -1 ? -1 : at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = skipSpaces(bytes, at + 1);
    }
  }

  /** Returns where the next thing after it is; -1 where it is none of the contract's, or there already. */
  #scanMember(from: number): number {
    const { bytes } = this;
    const keyEnd = endOfString(bytes, from);
    if (keyEnd === -1) return -1;
    this.#key = keyAt(bytes, from + 1, keyEnd, this.#key + 1);
    const span = this.#spans[this.#key];
    const valueAt = valueAfter(bytes, keyEnd);
    if (span === undefined || span.end !== -1 || valueAt === -1) return -1;
    const last = this.#key === FIELDS ? this.#scanFields(valueAt) : endOfString(bytes, valueAt);
    if (last === -1) return -1;
    span.from = valueAt + 1;
    span.end = last;
    return skipSpaces(bytes, last + 1);
  }

  /** Returns the object's last brace; -1 where it is none, or holds more than plain values. */
  #scanFields(from: number): number {
    const { bytes } = this;
    if (bytes[from] !== OPEN_BRACE) return -1;
    let at = skipSpaces(bytes, from + 1);
    if (bytes[at] === CLOSE_BRACE) return at;
    for (;;) {
      at = this.#scanField(at);
      if (at === -1) return -1;
      if (bytes[at] === CLOSE_BRACE) break;
      if (bytes[at] !== COMMA) return -1;
      at = skipSpaces(bytes, at + 1);
    }
    this.fields.from = from;
    this.fields.end = at + 1;
    return at;
  }

  /** Returns where the next thing after the field is; -1 where it is not a plain one. */
  #scanField(from: number): number {
    const { bytes } = this;
    const field = this.fieldSpans[this.fieldCount];
    const keyEnd = endOfString(bytes, from);
    if (field === undefined || keyEnd === -1) return -1;
    field.key.from = from + 1;
    field.key.end = keyEnd;
    if (!this.#isPlainKey(field.key)) return -1;
    const valueAt = valueAfter(bytes, keyEnd);
    if (valueAt === -1) return -1;
    const isText = bytes[valueAt] === QUOTE;
    const end = isText ? endOfString(bytes, valueAt) : endOfPlainValue(bytes, valueAt);
    if (end === -1) return -1;
    field.value.from = isText ? valueAt + 1 : valueAt;
    field.value.end = end;
    this.fieldCount += 1;
    return skipSpaces(bytes, isText ? end + 1 : end);
  }

  /** An object has each key once, those that are numbers first: what would change its place or its value is left. */
  #isPlainKey({ from, end }: Span): boolean {
    const { bytes } = this;
    if (isDigit(bytes[from] ?? 0) || hasEscape(bytes, from, end)) return false;
    const length = end - from;
    for (let index = 0; index < this.fieldCount; index += 1) {
      const key = this.fieldSpans[index]?.key;
      if (key === undefined || key.end - key.from !== length) continue;
      if (sameBytes(bytes, key.from, bytes, from, length)) return false;
    }
    return true;
  }

  /** False where one of them holds an escape, which would have to be undone first, or a time or a level can't be read: it is a field. */
  #read(): boolean {
    const { bytes, serviceSpan } = this;
    if (this.#isEscaped(this.#timestamp) || this.#isEscaped(this.#level) || this.#isEscaped(serviceSpan))
      return false;
    this.timeMs =
      this.#timestamp.end === -1 ? null : this.#times.read(bytes, this.#timestamp.from, this.#timestamp.end);
    this.level = this.#level.end === -1 ? null : this.#levelOf(this.#level);
    this.service =
      serviceSpan.end === -1 ? null : this.#words.textOf(bytes, serviceSpan.from, serviceSpan.end);
    const isTimeRead = this.timeMs !== null || this.#timestamp.end === -1;
    return isTimeRead && (this.level !== null || this.#level.end === -1);
  }

  #isEscaped({ from, end }: Span): boolean {
    return hasEscape(this.bytes, from, end);
  }

  #levelOf({ from, end }: Span): LogLevel | null {
    return readLevel(this.#words.textOf(this.bytes, from, end));
  }
}
