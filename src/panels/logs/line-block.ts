import type { PackedMessages, StreamMessage } from '../../streams/types.ts';
import type { StyledSpan } from './ansi-style.ts';
import { fieldsText, type LogFields } from './log-fields.ts';
import { LEVEL_KEYS } from './log-levels.ts';
import { type LogLine, levelKeyOf } from './log-line.ts';
import { loweredTexts } from './lowered-texts.ts';
import { createOneBuffer } from './one-buffer.ts';
import {
  byteLengthOf,
  joinTexts,
  type PackedJoinedTexts,
  packJoined,
  packTexts,
  type Texts,
  textAt,
  textBetween,
} from './texts.ts';

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

/** Null where the messages have more to say than a block can hold. */
export function packMessages(messages: readonly StreamMessage<LogLine>[]): LineBlock | null {
  const ids = idsOf(messages);
  if (ids === undefined || messages.some(({ event }) => event !== 'message')) return null;
  return packLines(
    messages.map(({ value }) => value),
    ids,
  );
}

export function packLines(lines: readonly LogLine[], ids: string | null = null): LineBlock {
  const count = lines.length;
  const times = new Float64Array(count);
  const levels = new Uint8Array(count);
  const services = new Uint32Array(count);
  const places = new Map<string, number>();
  const styles = new Map<number, readonly StyledSpan[]>();
  let index = 0;
  for (const line of lines) {
    times[index] = line.timeMs ?? Number.NaN;
    levels[index] = placeOfLevel.get(levelKeyOf(line)) ?? 0;
    services[index] = line.service === null ? 0 : placeOf(line.service, places);
    if (line.styles !== undefined) styles.set(index, line.styles);
    index += 1;
  }
  return {
    count,
    ids,
    serviceNames: [...places.keys()],
    styles,
    ...inTwoBuffers({ times, levels, services, ...textsOf(lines) }),
  };
}

type TextColumns = Pick<LineBlock, 'texts' | 'messageEnds' | 'fields' | 'lowered'>;

function textsOf(lines: readonly LogLine[]): TextColumns {
  const whole = lines.map(searchedText);
  const joined = joinTexts(whole);
  const texts = packTexts(whole, joined);
  const { ends } = texts;
  const messageEnds = new Uint32Array(lines.length);
  for (let index = 0; index < lines.length; index += 1) {
    messageEnds[index] = (ends[index - 1] ?? 0) + byteLengthOf(lines[index]?.message ?? '');
  }
  return {
    texts,
    messageEnds,
    fields: packTexts(lines.map(({ fields }) => (fields === null ? '' : JSON.stringify(fields)))),
    lowered: packJoined(loweredTexts(whole, joined)),
  };
}

/** What a search by expressions reads of lines that are in no block. */
export const searchedTexts = (lines: readonly LogLine[]): Texts => packTexts(lines.map(searchedText));

function searchedText({ message, fields, service }: LogLine): string {
  const fieldText = fields === null ? '' : fieldsText(fields);
  return message + (fieldText === '' ? '' : `\n${fieldText}`) + (service === null ? '' : `\n${service}`);
}

type Columns = Pick<LineBlock, 'times' | 'levels' | 'services'> & TextColumns;

/**
 * The texts in one, which a search by expressions gets, and the other columns in one. The lowered texts are in neither: they are let go
 * when they are decoded.
 */
function inTwoBuffers({ times, levels, services, texts, messageEnds, fields, lowered }: Columns): Columns {
  const placeText = createOneBuffer(texts.ends.byteLength + texts.bytes.byteLength);
  const kept = [times, services, messageEnds, lowered.unitEnds, fields.ends, fields.bytes, levels];
  const place = createOneBuffer(kept.reduce((sum, { byteLength }) => sum + byteLength, 0));
  return {
    texts: { ends: placeText(texts.ends), bytes: placeText(texts.bytes) },
    times: place(times),
    services: place(services),
    messageEnds: place(messageEnds),
    lowered: { unitEnds: place(lowered.unitEnds), bytes: lowered.bytes },
    fields: { ends: place(fields.ends), bytes: place(fields.bytes) },
    levels: place(levels),
  };
}

export function unpackLines(block: LineBlock): readonly StreamMessage<LogLine>[] {
  const ids = block.ids?.split('\n') ?? [];
  return Array.from({ length: block.count }, (_, index) => ({
    id: ids[index] ?? null,
    event: 'message',
    value: lineOf(block, index),
  }));
}

/** A line of a block: what it holds is looked up when it is asked for. */
export const lineOf = (block: HeldLines, index: number): LogLine => new BlockLine(block, index);

class BlockLine implements LogLine {
  readonly #block: HeldLines;
  readonly #index: number;
  #fields: LogFields | null | undefined;

  constructor(block: HeldLines, index: number) {
    this.#block = block;
    this.#index = index;
  }

  get timeMs(): number | null {
    const timeMs = this.#block.times[this.#index] ?? Number.NaN;
    return Number.isNaN(timeMs) ? null : timeMs;
  }

  get level(): LogLine['level'] {
    const key = LEVEL_KEYS[this.#block.levels[this.#index] ?? 0] ?? 'other';
    return key === 'other' ? null : key;
  }

  get service(): string | null {
    const { services, serviceNames } = this.#block;
    return serviceNames[(services[this.#index] ?? 0) - 1] ?? null;
  }

  get message(): string {
    const { texts, messageEnds } = this.#block;
    return textBetween(texts.bytes, texts.ends[this.#index - 1] ?? 0, messageEnds[this.#index] ?? 0);
  }

  get styles(): readonly StyledSpan[] | undefined {
    return this.#block.styles.get(this.#index);
  }

  get fields(): LogFields | null {
    if (this.#fields === undefined) {
      const json = textAt(this.#block.fields, this.#index);
      this.#fields = json === '' ? null : (JSON.parse(json) as LogFields);
    }
    return this.#fields;
  }
}

const placeOfLevel = new Map(LEVEL_KEYS.map((key, place) => [key, place] as const));

/** Undefined where some messages have IDs and others have none. */
function idsOf(messages: readonly StreamMessage<LogLine>[]): string | null | undefined {
  const ids = messages.map(({ id }) => id);
  if (ids.every((id) => id === null)) return null;
  return ids.includes(null) ? undefined : ids.join('\n');
}

function placeOf(name: string, places: Map<string, number>): number {
  const known = places.get(name);
  if (known !== undefined) return known;
  const place = places.size + 1;
  places.set(name, place);
  return place;
}
