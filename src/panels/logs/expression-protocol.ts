import type { FoundRange } from './find-in-text.ts';
import type { PackedJoinedTexts } from './texts.ts';

/** Rows that follow one another, the first of them at this position. */
export interface SearchedRows {
  readonly from: number;
  /** One a row: what an expression is tried on, as the log holds it. */
  readonly texts: PackedJoinedTexts;
}

/** What the page says to the worker that searches by regular expressions. */
export type ExpressionRequest =
  | { readonly type: 'rows'; readonly rows: readonly SearchedRows[] }
  /** Rows before this position are held no more. */
  | { readonly type: 'forget'; readonly before: number }
  /** Takes the place of the search before it, for all rows held and all that come. */
  | { readonly type: 'search'; readonly search: number; readonly source: string }
  | {
      readonly type: 'mark';
      readonly mark: number;
      readonly source: string;
      readonly texts: readonly string[];
    };

export type ExpressionReply =
  /** The script has run: from here on silence is the expression's fault. */
  | { readonly type: 'ready' }
  /** A portion of rows has come: a sign of life. */
  | { readonly type: 'taken' }
  /** Which of the rows before `end` match, but for those said before. */
  | {
      readonly type: 'found';
      readonly search: number;
      /** Of an open page they may grow beyond what 32 bits hold. */
      readonly positions: Float64Array;
      readonly end: number;
    }
  | { readonly type: 'marked'; readonly mark: number; readonly ranges: readonly (readonly FoundRange[])[] };

/** Upper and lower case alike, as a text search; `^` and `$` for message, fields and service each. */
const FLAGS = 'im';

/**
 * Unicode mode only for what means something else without it, and finds nothing then or halves of characters: it makes `.*`, `[^x]` and
 * `\b` three to eight times slower.
 */
function modesOf(source: string): readonly string[] {
  const withoutBackslashes = source.replaceAll('\\\\', '');
  // Half typed, it is wrong: without the mode, `\p{L` would be the letters that it is written with.
  if (/\\(?:[pP]|u\{)/.test(withoutBackslashes)) return ['u', 'v'];
  return /[\u{10000}-\u{10ffff}]/u.test(source) ? ['u', ''] : [''];
}

/** The regular expression as it is searched by; throws a SyntaxError where it is none. */
export function compileExpression(source: string, flags = ''): RegExp {
  let firstError: unknown;
  for (const mode of modesOf(source)) {
    try {
      return new RegExp(source, `${FLAGS}${mode}${flags}`);
    } catch (error) {
      firstError ??= error;
    }
  }
  throw firstError;
}

/** What is wrong with a regular expression, in the browser's words; null where it is none. */
export function expressionError(source: string): string | null {
  try {
    compileExpression(source);
    return null;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return words.slice(words.lastIndexOf(': ') + 1).trim();
  }
}
