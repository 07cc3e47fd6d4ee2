import type { StyledSpan } from './ansi-style.ts';
import { EQUALS, LF, SPACE } from './ascii.ts';
import type { JsonLineScanner } from './json-line-scanner.ts';
import type { LineTable } from './line-block.ts';
import { fieldsText } from './log-fields.ts';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';
import type { LogLine } from './log-line.ts';
import { TextColumn } from './text-column.ts';

/** Of a line, as long as nothing is known of those before: the columns grow. */
const TEXT_BYTES = 32;

/** So much text is enough for one block, however few lines that is. */
const FULL_BYTES = 1024 * 1024;

const placeOfLevel = new Map<LevelKey, number>(LEVEL_KEYS.map((key, place) => [key, place]));

/** Lines in columns from the moment when they are read. It only grows: what is taken out of it stays what it is. */
export class LineColumns implements LineTable {
  readonly times: Float64Array<ArrayBuffer>;
  readonly levels: Uint8Array<ArrayBuffer>;
  readonly services: Uint32Array<ArrayBuffer>;
  readonly messageEnds: Uint32Array<ArrayBuffer>;
  readonly texts: TextColumn;
  readonly fields: TextColumn;
  readonly serviceNames: string[] = [];
  readonly styles = new Map<number, readonly StyledSpan[]>();
  readonly #places = new Map<string, number>();
  readonly #maxLines: number;
  #count = 0;

  /** @param like those before, which need about as much room */
  constructor(maxLines: number, like: LineColumns | null = null) {
    this.#maxLines = maxLines;
    this.times = new Float64Array(maxLines);
    this.levels = new Uint8Array(maxLines);
    this.services = new Uint32Array(maxLines);
    this.messageEnds = new Uint32Array(maxLines);
    const roomFor = (last: TextColumn | undefined) =>
      last === undefined ? TEXT_BYTES * maxLines : Math.min(FULL_BYTES, Math.ceil(1.25 * last.length));
    this.texts = new TextColumn(maxLines, roomFor(like?.texts));
    this.fields = new TextColumn(maxLines, roomFor(like?.fields));
  }

  get count(): number {
    return this.#count;
  }

  /** True where another one is to be begun. */
  get isFull(): boolean {
    return this.#count >= this.#maxLines || this.texts.length + this.fields.length >= FULL_BYTES;
  }

  /** Lets go of the room that is left: what is in here may be held for long. */
  trim(): void {
    this.texts.trim();
    this.fields.trim();
  }

  append({ timeMs, level, service, message, styles, fields }: LogLine): void {
    const { texts } = this;
    const shown = fields === null ? '' : fieldsText(fields);
    const json = fields === null ? '' : JSON.stringify(fields);
    texts.writeText(message);
    this.messageEnds[this.#count] = texts.length;
    if (shown !== '') texts.writeText(`\n${shown}`);
    this.fields.writeText(json);
    if (service !== null) texts.writeText(`\n${service}`);
    if (styles !== undefined) this.styles.set(this.#count, styles);
    this.#finish(timeMs, level, service);
  }

  /** The line that was scanned last: its bytes are copied as they are. */
  appendScanned(scanned: JsonLineScanner): void {
    const { bytes, message, fields, fieldSpans, serviceSpan } = scanned;
    this.texts.writeJsonString(bytes, message.from, message.end);
    this.messageEnds[this.#count] = this.texts.length;
    for (let index = 0; index < scanned.fieldCount; index += 1) {
      const field = fieldSpans[index];
      if (field === undefined) break;
      this.texts.writeByte(index === 0 ? LF : SPACE);
      this.texts.writeBytes(bytes, field.key.from, field.key.end);
      this.texts.writeByte(EQUALS);
      this.texts.writeJsonString(bytes, field.value.from, field.value.end);
    }
    this.fields.writeBytes(bytes, fields.from, fields.end);
    if (scanned.service !== null) {
      this.texts.writeByte(LF);
      this.texts.writeBytes(bytes, serviceSpan.from, serviceSpan.end);
    }
    this.#finish(scanned.timeMs, scanned.level, scanned.service);
  }

  #finish(timeMs: number | null, level: LogLine['level'], service: string | null): void {
    this.texts.endText();
    this.fields.endText();
    this.times[this.#count] = timeMs ?? Number.NaN;
    this.levels[this.#count] = placeOfLevel.get(level ?? 'other') ?? 0;
    this.services[this.#count] = service === null ? 0 : this.#placeOf(service);
    this.#count += 1;
  }

  #placeOf(service: string): number {
    const known = this.#places.get(service);
    if (known !== undefined) return known;
    const place = this.serviceNames.push(service);
    this.#places.set(service, place);
    return place;
  }
}
