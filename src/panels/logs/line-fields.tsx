import { cutAll, cutAt, leftWords, MAX_FOLDED, MAX_UNFOLDED } from './drawn-text.ts';
import { fieldsText, type LogFields } from './log-fields.ts';
import type { LogLine } from './log-line.ts';
import classes from './log-list-row.module.css';
import { formatExact } from './log-time.ts';
import { type FindRanges, markText } from './marked-text.tsx';

/** The fields of a folded line. No component, as `markText` is none. */
export function inlineFields(fields: LogFields, find: FindRanges) {
  const { text, left } = cutAt(fieldsText(fields), MAX_FOLDED);
  return (
    <span className={classes.inline}>
      {' '}
      {markText(text, find)}
      {left > 0 && leftWords(left)}
    </span>
  );
}

/** The times and fields of an unfolded line. */
export function LineFields({
  line,
  arrivedAtMs,
  find,
}: {
  line: LogLine;
  arrivedAtMs: number;
  find: FindRanges;
}) {
  const fields = Object.entries(line.fields ?? {});
  const { drawn, left } = cutAll(
    fields.map(([, value]) => pretty(value)),
    MAX_UNFOLDED,
  );
  return (
    <>
      <dl className={classes.fields}>
        {line.timeMs !== null && <Field name="time" text={formatExact(line.timeMs)} find={find} />}
        <Field name="arrived" text={formatExact(arrivedAtMs)} find={find} />
        {drawn.map((text, index) => {
          const name = fields[index]?.[0] ?? '';
          return <Field key={name} name={name} text={text} find={find} />;
        })}
      </dl>
      {left > 0 && <MoreLeft words={leftWords(left)} />}
    </>
  );
}

function Field({ name, text, find }: { name: string; text: string; find: FindRanges }) {
  return (
    <div className={classes.field}>
      <dt>{name}</dt>
      <dd>{markText(text, find)}</dd>
    </div>
  );
}

/** Where the rest of a line is that is too long to draw. */
export function MoreLeft({ words }: { words: string }) {
  return <div className={classes.more}>{words}: Copy line gives all of it</div>;
}

function pretty(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? String(value));
}
