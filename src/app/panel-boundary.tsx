import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { failureWords, isPartMissing } from './failure-words.ts';
import classes from './panel-boundary.module.css';

/** A panel that breaks says so in its own place; the rest of the page goes on. */
export function PanelBoundary({ title, children }: { title: string; children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <section className={classes.broken} aria-label={title} role="alert">
          <h2 className={classes.title}>{title} stopped working</h2>
          <p className={classes.words}>{failureWords(error)}</p>
          {isPartMissing(error) ? (
            <>
              <p className={classes.words}>The other panels go on. Once the server is up, reload the page.</p>
              <Button size="xs" onClick={() => location.reload()}>
                Reload
              </Button>
            </>
          ) : (
            <>
              <p className={classes.words}>
                The other panels go on. Start this one again, or reload the page.
              </p>
              <Button size="xs" onClick={resetErrorBoundary}>
                Start again
              </Button>
            </>
          )}
        </section>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
