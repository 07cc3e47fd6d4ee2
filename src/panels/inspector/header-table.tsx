import type { ResponseFacts } from '../../streams/types.ts';
import classes from './header-table.module.css';

/** The response's headers, as far as the browser lets this page see them. */
export function HeaderTable({ response, native }: { response: ResponseFacts | null; native: boolean }) {
  if (!response) {
    const words = native ? 'EventSource hides the response’s headers from the page.' : 'No response yet.';
    return <p className={classes.none}>{words}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroller} aria-label="Response headers" tabIndex={0}>
      <dl className={classes.headers}>
        {response.headers.map(([name, value]) => (
          <div key={name} className={classes.header}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {new URL(response.url).origin !== window.location.origin && (
        <p className={classes.none}>
          From another origin a page sees only the headers that Access-Control-Expose-Headers names, and a few
          plain ones.
        </p>
      )}
    </section>
  );
}
