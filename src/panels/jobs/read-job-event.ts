import { z } from 'zod';
import { errorEventSchema } from '../../contract/endpoint.ts';
import { TASK_COMPLETE_DATA, TASK_COMPLETE_EVENT, tolerantProgressSchema } from '../../contract/tasks.ts';
import type { ParseResult, RawMessage } from '../../streams/types.ts';

/** What one event of a task says, whatever form it came in. `null` is what the backend did not tell. */
export type JobMessage =
  | {
      readonly type: 'progress';
      readonly percent: number;
      readonly step: number | null;
      readonly total: number | null;
      readonly message: string | null;
    }
  | { readonly type: 'complete'; readonly message: string | null }
  | { readonly type: 'error'; readonly message: string };

const endTypes: ReadonlySet<string> = new Set([TASK_COMPLETE_EVENT, 'done', 'end']);
const endWords: ReadonlySet<string> = new Set([
  TASK_COMPLETE_DATA.toLowerCase(),
  'done',
  'done.',
  'complete',
  'completed',
  'finished',
  '[done]',
]);
const percentInText = /(\d+(?:\.\d+)?)\s*%/;
const endObject = z.union([
  z.object({ done: z.literal(true) }),
  z.object({ status: z.enum(['complete', 'completed', 'done', 'finished']) }),
]);
const errorObject = z.union([errorEventSchema, z.object({ error: z.string() })]);

/** Reads one event of a task, in any of the plain forms of `contract/tasks.ts` or as text such as `Progress: 20%`. */
export function readJobEvent({ event, data }: RawMessage): ParseResult<JobMessage> {
  if (typeof data !== 'string') return refused('an event of a task is text');
  if (event === 'error') return taken({ type: 'error', message: errorWords(data) });
  if (endTypes.has(event) || endWords.has(data.trim().toLowerCase())) {
    return taken({ type: 'complete', message: endMessage(data) });
  }
  const json = parseJson(data);
  if (typeof json === 'object' && json !== null) return readObject(json);
  return readText(typeof json === 'string' ? json : data);
}

function readObject(json: object): ParseResult<JobMessage> {
  const progress = tolerantProgressSchema.safeParse(json);
  if (progress.success) {
    const { progress: percent, step, total, message } = progress.data;
    return taken({
      type: 'progress',
      percent,
      step: step ?? null,
      total: total ?? null,
      message: message ?? null,
    });
  }
  if (endObject.safeParse(json).success) return taken({ type: 'complete', message: null });
  if ('progress' in json) return refused('progress is not a number from 0 to 100');
  const error = errorObject.safeParse(json);
  return error.success
    ? taken({ type: 'error', message: 'message' in error.data ? error.data.message : error.data.error })
    : refused('no progress in it');
}

function readText(text: string): ParseResult<JobMessage> {
  const bare = text.trim();
  const found = percentInText.exec(bare)?.[1] ?? (/^\d+(\.\d+)?$/.test(bare) ? bare : undefined);
  if (found === undefined) return refused('neither JSON nor a percentage');
  const percent = Number(found);
  if (percent > 100) return refused('progress is not a number from 0 to 100');
  return taken({ type: 'progress', percent, step: null, total: null, message: null });
}

/** A word of its own that the task ended with; the usual ones say no more than that it did. */
function endMessage(data: string): string | null {
  const words = data.trim();
  const plain = words === '' || endWords.has(words.toLowerCase()) || parseJson(words) !== undefined;
  return plain ? null : words;
}

function errorWords(data: string): string {
  const parsed = errorObject.safeParse(parseJson(data));
  if (parsed.success) return 'message' in parsed.data ? parsed.data.message : parsed.data.error;
  return data.trim() === '' ? 'the backend gave no reason' : data.trim();
}

/** The parsed value; undefined, which JSON can't say, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const taken = (value: JobMessage): ParseResult<JobMessage> => ({ ok: true, value });
const refused = (reason: string): ParseResult<JobMessage> => ({ ok: false, reason });
