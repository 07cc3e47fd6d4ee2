import { z } from 'zod';

/**
 * `fault=`: how a stream is made to misbehave, on purpose and the same way each time. Several, joined by commas, work
 * together whatever order they are written in, as if the stream had come this way:
 *
 * 1. `delay`, then `status`: before any header. A parameter out of its bounds is a 422 before either.
 * 2. The server: `garble`, then `stall`, then `drop`. They count **units**.
 * 3. What holds back on the way: `one-behind`, `first-kb`, `buffer`, then `gzip`. What the server breaks off is first
 *    passed on as far as it was made, so that `buffer,drop@3` gives three events at once and then breaks.
 * 4. What cuts at the end: `truncate`, which counts bytes as they are on the wire, then `idle` and `age`, which count
 *    the time that a reader waits.
 *
 * A **unit** is an event in an event stream: a block with `data`, `gap` and the last one included; the preamble and
 * heartbeats are none. Everywhere else it is a chunk, what the endpoint writes at one time: a token, a character, a
 * line, or, where several rows or bytes are due together, all of them: at full speed up to 250 rows of an export or
 * 64 KiB of a file. A CSV header is a chunk; the brackets of a JSON array are none.
 *
 * *To cut* is to destroy the socket behind what was sent: the reader sees a network error, never an end. Everything
 * counts anew for each request, so a client that resumes is cut again after as many events, and still gets on.
 */
export const FAULT_NAMES = [
  'delay',
  'status',
  'garble',
  'stall',
  'drop',
  'one-behind',
  'first-kb',
  'buffer',
  'gzip',
  'truncate',
  'idle',
  'age',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** What `buffer` holds at most; a longer body is passed on as far as it is held, and cut. */
export const FAULT_BUFFER_BYTES = 64 * 1_024 * 1_024;

/** What `first-kb` waits for. */
export const FIRST_HELD_BYTES = 1_024;

interface NumberBounds {
  readonly min: number;
  readonly max: number;
  /** A number outside the bounds that is allowed as well. */
  readonly also?: number;
}

interface FaultForm {
  /** As a person writes it, its numbers by name. */
  readonly form: string;
  /** The number behind `@`. */
  readonly at?: NumberBounds;
  /** The number behind `:`. */
  readonly value?: NumberBounds;
  /** Several of it make sense: two events can be garbled. */
  readonly repeats?: true;
}

const MAX_UNITS = 1_000_000_000;
const WAIT_MS: NumberBounds = { min: 0, max: 600_000 };
const CUT_MS: NumberBounds = { min: 1, max: 3_600_000 };

const FORMS: Readonly<Record<FaultName, FaultForm>> = {
  delay: { form: 'delay:MS', value: WAIT_MS },
  status: { form: 'status:CODE', value: { min: 400, max: 599, also: 204 } },
  garble: { form: 'garble@N', at: { min: 1, max: MAX_UNITS }, repeats: true },
  stall: { form: 'stall@N:MS', at: { min: 0, max: MAX_UNITS }, value: WAIT_MS, repeats: true },
  drop: { form: 'drop@N', at: { min: 0, max: MAX_UNITS } },
  'one-behind': { form: 'one-behind' },
  'first-kb': { form: 'first-kb' },
  buffer: { form: 'buffer' },
  gzip: { form: 'gzip' },
  truncate: { form: 'truncate@BYTES', at: { min: 0, max: 10_000_000_000 } },
  idle: { form: 'idle:MS', value: CUT_MS },
  age: { form: 'age:MS', value: CUT_MS },
};

/** The form of each fault, such as `stall@N:MS`, in the order in which they act. */
export const FAULT_FORMS: readonly string[] = FAULT_NAMES.map((name) => FORMS[name].form);

/** One fault as it was asked for. `at` and `value` are null where its form has none. */
export interface Fault {
  readonly name: FaultName;
  readonly at: number | null;
  readonly value: number | null;
}

export type FaultReading =
  | { readonly status: 'read'; readonly faults: readonly Fault[] }
  | { readonly status: 'wrong'; readonly reason: string };

const MAX_LENGTH = 200;
const NUMBERS_PATTERN = /^[a-z-]+(?:@(\d{1,15}))?(?::(\d{1,15}))?$/;

/** Reads the value of `fault=`. The reason for what can't be read goes on from the parameter's name. */
export function readFaults(text: string): FaultReading {
  const faults: Fault[] = [];
  for (const item of text.split(',').map((part) => part.trim())) {
    const fault = readFault(item);
    if (typeof fault === 'string') return { status: 'wrong', reason: fault };
    if (FORMS[fault.name].repeats === undefined && faults.some(({ name }) => name === fault.name)) {
      return { status: 'wrong', reason: `has ${fault.name} twice` };
    }
    faults.push(fault);
  }
  return { status: 'read', faults };
}

/** What is wrong with a value of `fault=` as a person typed it; null if nothing is. */
export function faultError(text: string): string | null {
  const reading = readFaults(text);
  return reading.status === 'wrong' ? reading.reason : null;
}

/** One fault, or what is wrong with it. */
function readFault(item: string): Fault | string {
  const word = /^[a-z-]*/.exec(item)?.[0];
  const name = FAULT_NAMES.find((known) => known === word);
  if (name === undefined) return `has "${item}", which is none of ${FAULT_FORMS.join(', ')}`;
  const form = FORMS[name];
  const match = NUMBERS_PATTERN.exec(item);
  if (match === null || !fits(match[1], form.at) || !fits(match[2], form.value)) {
    return `has "${item}", which must be ${wordingOf(form)}`;
  }
  return { name, at: numberOf(match[1]), value: numberOf(match[2]) };
}

const numberOf = (digits: string | undefined): number | null =>
  digits === undefined ? null : Number(digits);

function fits(digits: string | undefined, bounds: NumberBounds | undefined): boolean {
  if (digits === undefined || bounds === undefined) return digits === bounds;
  const number = Number(digits);
  return (number >= bounds.min && number <= bounds.max) || number === bounds.also;
}

function wordingOf({ form, at, value }: FaultForm): string {
  const [, atName, valueName] = /^[a-z-]+(?:@([A-Z]+))?(?::([A-Z]+))?$/.exec(form) ?? [];
  const spans = [spanOf(atName, at), spanOf(valueName, value)].filter((span) => span !== null);
  return spans.length === 0 ? `${form} alone` : `${form} with ${spans.join(' and ')}`;
}

function spanOf(name: string | undefined, bounds: NumberBounds | undefined): string | null {
  if (bounds === undefined) return null;
  const also = bounds.also === undefined ? '' : `, or ${bounds.also}`;
  return `${name} from ${bounds.min} to ${bounds.max}${also}`;
}

/** The `fault` parameter of every stream. Its output is the text as it came, which `readFaults` then reads. */
export const faultParameter = z
  .string()
  .max(MAX_LENGTH, { error: `must be at most ${MAX_LENGTH} characters` })
  .superRefine((text, context) => {
    const reading = readFaults(text);
    if (reading.status === 'wrong') context.addIssue({ code: 'custom', message: reading.reason });
  })
  .optional()
  .meta({
    description: `How this stream is to misbehave, for tests of clients: ${FAULT_FORMS.join(', ')}; several joined by commas. MS is milliseconds; N counts events, or chunks where there are none`,
  });
