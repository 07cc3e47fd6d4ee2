import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import classes from './panel-boundary.module.css';

/** A panel that breaks says so in its own place; the rest of the page goes on. */
export function PanelBoundary({ title, children }: { title: string; children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <section className={classes.broken} aria-label={title} role="alert">
          <h2 className={classes.title}>{title} stopped working</h2>
          <p className={classes.words}>{wordsFor(error)}</p>
          <p className={classes.words}>The other panels go on. Start this one again, or reload the page.</p>
          <Button size="xs" onClick={resetErrorBoundary}>
            Start again
          </Button>
        </section>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

const chunkFailure = /dynamically imported module|module script/i;

function wordsFor(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (chunkFailure.test(message))
    return 'A part of the page could not be loaded: the server that serves it may be down.';
  return message;
}
