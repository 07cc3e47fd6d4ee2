import type { StreamMessage } from '../../streams/types.ts';
import type { StyledSpan } from './ansi-style.ts';
import { BlockLine, type LineBlock, type LineTable } from './line-block.ts';
import { LineColumns } from './line-columns.ts';
import type { LogLine } from './log-line.ts';
import { loweredTexts } from './lowered-texts.ts';
import { createOneBuffer } from './one-buffer.ts';
import {
  type JoinedTexts,
  joinedEndsOf,
  packJoined,
  type SearchedTexts,
  startOf,
  type Texts,
  unpackJoined,
} from './texts.ts';

/** Null where the messages have more to say than a block can hold. */
export function packMessages(messages: readonly StreamMessage<LogLine>[]): LineBlock | null {
  const ids = idsOf(messages);
  if (ids === undefined || messages.some(({ event }) => event !== 'message')) return null;
  return packLines(
    messages.map(({ value }) => value),
    ids,
  );
}

/** Lines that are in columns already, as those of a feed are, are copied by the column. */
export function packLines(lines: readonly LogLine[], ids: string | null = null): LineBlock {
  return packRuns(runsOf(lines) ?? [inColumns(lines)], lines.length, ids);
}

/** What a search by expressions reads of lines that are in no block. */
export const searchedTexts = (lines: readonly LogLine[]): SearchedTexts =>
  packTexts(runsOf(lines) ?? [inColumns(lines)], lines.length).texts;

/** Lines of one block that follow one another there. */
interface Run {
  readonly block: LineTable;
  readonly from: number;
  end: number;
}

/** Null where some lines are in no block. */
function runsOf(lines: readonly LogLine[]): readonly Run[] | null {
  const runs: Run[] = [];
  let last: Run | undefined;
  for (const line of lines) {
    if (!(line instanceof BlockLine)) return null;
    const { block, index } = line;
    if (last?.block === block && last.end === index) last.end += 1;
    else {
      last = { block, from: index, end: index + 1 };
      runs.push(last);
    }
  }
  return runs;
}

function inColumns(lines: readonly LogLine[]): Run {
  const block = new LineColumns(lines.length);
  for (const line of lines) block.append(line);
  return { block, from: 0, end: lines.length };
}

/** The texts, in a buffer of their own, which a search by expressions gets; and all of them in one string. */
function packTexts(
  runs: readonly Run[],
  count: number,
): { readonly texts: SearchedTexts; readonly joined: JoinedTexts } {
  const textBytes = runs.reduce((sum, run) => sum + byteLengthOf(run.block.texts, run), 0);
  const place = createOneBuffer(count * 2 * elementBytes.Uint32 + textBytes);
  const texts = {
    ends: place(Uint32Array, count),
    unitEnds: place(Uint32Array, count),
    bytes: place(Uint8Array, textBytes),
  };
  let at = 0;
  for (const run of runs) {
    copyTexts(run, run.block.texts, texts, at);
    at += run.end - run.from;
  }
  const joined = unpackJoined(texts);
  // They are `joined.ends`, too.
  texts.unitEnds.set(joinedEndsOf(texts, joined.text));
  return { texts, joined };
}

/**
 * The columns beside the texts are in one buffer. The lowered texts are in none with others: they are let go when they are
 * decoded.
 */
function packRuns(runs: readonly Run[], count: number, ids: string | null): LineBlock {
  const { texts, joined } = packTexts(runs, count);
  const fieldBytes = runs.reduce((sum, run) => sum + byteLengthOf(run.block.fields, run), 0);
  const { Float64, Uint32, Uint8 } = elementBytes;
  const place = createOneBuffer(count * (Float64 + 3 * Uint32 + Uint8) + fieldBytes);
  const times = place(Float64Array, count);
  const services = place(Uint32Array, count);
  const messageEnds = place(Uint32Array, count);
  const fields = { ends: place(Uint32Array, count), bytes: place(Uint8Array, fieldBytes) };
  const levels = place(Uint8Array, count);
  const styles = new Map<number, readonly StyledSpan[]>();
  const places = new Map<string, number>();
  let at = 0;
  for (const run of runs) {
    const { block, from, end } = run;
    times.set(block.times.subarray(from, end), at);
    levels.set(block.levels.subarray(from, end), at);
    copyServices(run, services, at, places);
    copyShifted(block.messageEnds, run, messageEnds, at, startOf(texts, at) - startOf(block.texts, from));
    copyTexts(run, block.fields, fields, at);
    for (const [index, spans] of block.styles) {
      if (index >= from && index < end) styles.set(at + index - from, spans);
    }
    at += end - from;
  }
  return {
    count,
    ids,
    serviceNames: [...places.keys()],
    styles,
    times,
    levels,
    services,
    texts,
    messageEnds,
    fields,
    lowered: packJoined(loweredTexts(joined)),
  };
}

const byteLengthOf = (texts: Texts, { from, end }: Run): number => startOf(texts, end) - startOf(texts, from);

const elementBytes = {
  Float64: Float64Array.BYTES_PER_ELEMENT,
  Uint32: Uint32Array.BYTES_PER_ELEMENT,
  Uint8: Uint8Array.BYTES_PER_ELEMENT,
};

function copyTexts(run: Run, source: Texts, target: Texts, at: number): void {
  const sourceAt = startOf(source, run.from);
  const targetAt = startOf(target, at);
  target.bytes.set(source.bytes.subarray(sourceAt, startOf(source, run.end)), targetAt);
  copyShifted(source.ends, run, target.ends, at, targetAt - sourceAt);
}

function copyShifted(
  source: Uint32Array,
  { from, end }: Run,
  target: Uint32Array,
  at: number,
  by: number,
): void {
  for (let index = from; index < end; index += 1) target[at + index - from] = (source[index] ?? 0) + by;
}

/** Of the names, those that these lines have, in the order in which they come. */
function copyServices(
  { block, from, end }: Run,
  target: Uint32Array,
  at: number,
  places: Map<string, number>,
): void {
  const newPlaces = new Uint32Array(block.serviceNames.length + 1);
  for (let index = from; index < end; index += 1) {
    const place = block.services[index] ?? 0;
    const name = block.serviceNames[place - 1];
    if (name !== undefined && newPlaces[place] === 0) newPlaces[place] = placeOf(name, places);
    target[at + index - from] = newPlaces[place] ?? 0;
  }
}

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
