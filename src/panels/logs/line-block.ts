import type { PackedMessages, StreamMessage } from '../../streams/types.ts';
import type { StyledSpan } from './ansi-style.ts';
import type { LogFields } from './log-fields.ts';
import { LEVEL_KEYS } from './log-levels.ts';
import type { LogLine } from './log-line.ts';
import { type PackedJoinedTexts, type Texts, textAt, textBetween } from './texts.ts';

/**
 * Many lines of a log, column by column. An object a line costs a thread that hands 20,000 of them a second on, the one that
 * takes them, and the garbage collectors of both more than all that is done with them.
 */
export interface LineBlock extends PackedMessages {
  /** One in each line; null where the messages have none. */
  readonly ids: string | null;
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
  /** `texts` in lower case, ready for a search. */
  readonly lowered: PackedJoinedTexts;
  readonly styles: ReadonlyMap<number, readonly StyledSpan[]>;
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
export const lineOf = (block: HeldLines, index: number): BlockLine => new BlockLine(block, index);

export class BlockLine implements LogLine {
  readonly block: HeldLines;
  readonly index: number;
  #fields: LogFields | null | undefined;

  constructor(block: HeldLines, index: number) {
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
    if (this.#fields === undefined) {
      const json = textAt(this.block.fields, this.index);
      this.#fields = json === '' ? null : (JSON.parse(json) as LogFields);
    }
    return this.#fields;
  }
}

/** The same line as values of its own, which a port can clone. */
export function plainLine({ timeMs, level, service, message, fields, styles }: LogLine): LogLine {
  const line = { timeMs, level, service, message, fields };
  return styles === undefined ? line : { ...line, styles };
}
