import type { ZodError, ZodType } from 'zod';
import type { ParseMessage, ParseResult } from './types.ts';

/** JSON text -> the schema's value. The border at which a message is checked, once. */
export function parseJson<T>(schema: ZodType<T>): ParseMessage<T> {
  return ({ data }) => {
    if (typeof data !== 'string') return check(schema, data);
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch (error) {
      return { ok: false, reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
    }
    return check(schema, value);
  };
}

/** For files. */
export function parseBytes(): ParseMessage<Uint8Array> {
  return ({ data }) =>
    data instanceof Uint8Array ? { ok: true, value: data } : { ok: false, reason: 'not bytes' };
}

function check<T>(schema: ZodType<T>, value: unknown): ParseResult<T> {
  const result = schema.safeParse(value);
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: shortReason(result.error) };
}

/** Where and what, of the first thing that is wrong: "price: expected number, received string". */
function shortReason({ issues: [issue] }: ZodError): string {
  if (issue === undefined) return 'not the expected shape';
  const message = issue.message.replace(/^Invalid input: /, '');
  return issue.path.length === 0 ? message : `${issue.path.join('.')}: ${message}`;
}
