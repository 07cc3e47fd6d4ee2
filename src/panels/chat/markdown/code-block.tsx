import { useClipboard } from '@mantine/hooks';
import { memo } from 'react';
import classes from './code-block.module.css';
import { highlight } from './highlight.ts';

/** A block of code with its language and a button that copies it. */
export const CodeBlock = memo(function CodeBlock({ code, language }: { code: string; language: string }) {
  const clipboard = useClipboard({ timeout: 1_500 });
  return (
    <figure className={classes.block}>
      <figcaption className={classes.head}>
        <span className={classes.language}>{language === '' ? 'text' : language}</span>
        <button type="button" className={classes.copy} onClick={() => clipboard.copy(code)}>
          {copyLabel(clipboard)}
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className={classes.code} tabIndex={0}>
        <code>
          {highlight(code, language.toLowerCase()).map(({ kind, text }, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: spans have no other name than their place
            <span key={position} data-kind={kind}>
              {text}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
});

function copyLabel({ copied, error }: { copied: boolean; error: Error | null }): string {
  if (error !== null) return 'Copying is not allowed here';
  return copied ? 'Copied' : 'Copy';
}
