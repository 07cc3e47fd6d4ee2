import { lazy, Suspense } from 'react';
import classes from './reply-text.module.css';
import { useRevealed } from './use-revealed.ts';

interface ReplyTextProps {
  readonly text: string;
  readonly growing: boolean;
  /** False where more was to come: what is left open is closed. */
  readonly whole: boolean;
}

/** Not part of the first screen. Where it can't be loaded, replies stay plain text rather than break the panel. */
const ReplyMarkdown = lazy(() =>
  import('./markdown/reply-markdown.tsx').catch(() => ({ default: PlainText })),
);

/** A reply as it is typed: Markdown, or plain text until that can be drawn. */
export function ReplyText({ text, growing, whole }: ReplyTextProps) {
  const shown = useRevealed(text, growing);
  return (
    <Suspense fallback={<PlainText text={shown} growing={growing} whole={whole} />}>
      <ReplyMarkdown text={shown} growing={growing} whole={whole} />
    </Suspense>
  );
}

function PlainText({ text, growing }: ReplyTextProps) {
  return (
    <div className={classes.plain}>
      {text}
      {growing && <span className={classes.caret} aria-hidden="true" />}
    </div>
  );
}
