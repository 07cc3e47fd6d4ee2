import type { PackedMessages, StreamMessage } from '../../streams/types.ts';
import type { StyledSpan } from './ansi-style.ts';
import { fieldsText, type LogFields } from './log-fields.ts';
import { LEVEL_KEYS } from './log-levels.ts';
import type { LogLine } from './log-line.ts';
import {
  type PackedJoinedTexts,
  type SearchedTexts,
  startOf,
  type Texts,
  textAt,
  textBetween,
} from './texts.ts';

/** Lines of a log, column by column. */
export interface LineTable {
  readonly count: number;
  /** Milliseconds since 1970; NaN where the line names no time. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Places in `LEVEL_KEYS`. */
  readonly levels: Uint8Array<ArrayBuffer>;
  readonly serviceNames: readonly string[];
  /** Places in `serviceNames`, counted from 1; 0 for none. */
  readonly services: Uint32Array<ArrayBuffer>;
  /** What a search reads: message, fields and service, each a line of its own. */
  readonly texts: Texts;
  /** Where in `texts` each message ends, in bytes. */
  readonly messageEnds: Uint32Array<ArrayBuffer>;
  /** As JSON; empty where a line has none. */
  readonly fields: Texts;
  readonly styles: ReadonlyMap<number, readonly StyledSpan[]>;
}

/**
 * Many lines on their way to a page. An object a line costs a thread that hands 20,000 of them a second on, the one that
 * takes them, and the garbage collectors of both more than all that is done with them.
 */
export interface LineBlock extends PackedMessages, LineTable {
  /** One in each line; null where the messages have none. */
  readonly ids: string | null;
  readonly texts: SearchedTexts;
  /** `texts` in lower case, ready for a search. */
  readonly lowered: PackedJoinedTexts;
}

/** What is left of a block once it is here: IDs are for the stream that resumes, and lowered texts are the search's. */
export type HeldLines = Omit<LineBlock, 'ids' | 'lowered'>;

export function unpackLines(block: LineBlock): readonly StreamMessage<LogLine>[] {
  const ids = block.ids?.split('\n') ?? [];
  return Array.from({ length: block.count }, (_, index) => ({
    id: ids[index] ?? null,
    event: 'message',
    value: lineOf(block, index),
  }));
}

/** A line of a block: what it holds is looked up when it is asked for. */
export const lineOf = (block: LineTable, index: number): BlockLine => new BlockLine(block, index);

export class BlockLine implements LogLine {
  readonly block: LineTable;
  readonly index: number;
  #fields: LogFields | null | undefined;

  constructor(block: LineTable, index: number) {
    this.block = block;
    this.index = index;
  }

  get timeMs(): number | null {
    const timeMs = this.block.times[this.index] ?? Number.NaN;
    return Number.isNaN(timeMs) ? null : timeMs;
  }

  get level(): LogLine['level'] {
    const key = LEVEL_KEYS[this.block.levels[this.index] ?? 0] ?? 'other';
    return key === 'other' ? null : key;
  }

  get service(): string | null {
    const { services, serviceNames } = this.block;
    return serviceNames[(services[this.index] ?? 0) - 1] ?? null;
  }

  get message(): string {
    const { texts, messageEnds } = this.block;
    return textBetween(texts.bytes, texts.ends[this.index - 1] ?? 0, messageEnds[this.index] ?? 0);
  }

  get styles(): readonly StyledSpan[] | undefined {
    return this.block.styles.get(this.index);
  }

  get fields(): LogFields | null {
    if (this.#fields === undefined) this.#fields = this.readFields();
    return this.#fields;
  }

  /** The same, and not remembered. */
  readFields(): LogFields | null {
    const json = textAt(this.block.fields, this.index);
    return json === '' ? null : (JSON.parse(json) as LogFields);
  }
}

/** How many bytes the texts of a block take. */
export const byteLengthOfBlock = ({ texts, fields, lowered }: LineBlock): number =>
  texts.bytes.length + fields.bytes.length + lowered.bytes.length;

/** How many those of a line take once it is in a block; of one that was never in columns, about as many. */
export function byteLengthOfLine(line: LogLine): number {
  if (line instanceof BlockLine)
    return 2 * textLength(line.block.texts, line.index) + textLength(line.block.fields, line.index);
  const shown = line.fields === null ? 0 : fieldsText(line.fields).length;
  return 2 * (line.message.length + shown) + shown;
}

const textLength = (texts: Texts, index: number): number => (texts.ends[index] ?? 0) - startOf(texts, index);

/** The same line as values of its own, which a port can clone. */
export function plainLine(line: LogLine): LogLine {
  const { timeMs, level, service, message, styles } = line;
  // The line itself may be kept for others, and is to hold its fields once.
  const fields = line instanceof BlockLine ? line.readFields() : line.fields;
  const plain = { timeMs, level, service, message, fields };
  return styles === undefined ? plain : { ...plain, styles };
}
