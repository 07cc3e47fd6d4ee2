import { Children, isValidElement, type ReactNode } from 'react';
import type { Components } from 'react-markdown';
import { CodeBlock } from './code-block.tsx';
import classes from './reply-markdown.module.css';

const safeUrl = /^(https?:\/\/|mailto:)/i;

/** Where a link of a reply may lead. Anything else is text: no scripts, no paths of this page. */
export function safeLink(url: string): string | null {
  return safeUrl.test(url) ? url : null;
}

/** How the parts of a reply look. Whatever a reply says, it loads nothing from elsewhere. */
export const markdownParts: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  img: ({ src, alt }) => (
    <span className={classes.image}>
      Image not loaded: <SafeLink href={src}>{alt === '' || alt === undefined ? (src ?? '') : alt}</SafeLink>
    </span>
  ),
  pre: ({ children }) => <Preformatted>{children}</Preformatted>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.table} tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  h1: ({ children }) => <Heading level={1}>{children}</Heading>,
  h2: ({ children }) => <Heading level={2}>{children}</Heading>,
  h3: ({ children }) => <Heading level={3}>{children}</Heading>,
  h4: ({ children }) => <Heading level={3}>{children}</Heading>,
  h5: ({ children }) => <Heading level={3}>{children}</Heading>,
  h6: ({ children }) => <Heading level={3}>{children}</Heading>,
};

function SafeLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  const url = safeLink(href ?? '');
  if (url === null) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function Heading({ level, children }: { level: 1 | 2 | 3; children: ReactNode }) {
  // One level below the panel's: a reply may begin with any, and the page's outline must not skip one.
  return (
    <h3 className={classes.heading} data-level={level}>
      {children}
    </h3>
  );
}

function Preformatted({ children }: { children: ReactNode }) {
  const [code] = Children.toArray(children);
  if (!isValidElement<{ className?: string; children?: ReactNode }>(code)) return <pre>{children}</pre>;
  const language = /language-(\S+)/.exec(code.props.className ?? '')?.[1] ?? '';
  return <CodeBlock code={String(code.props.children ?? '').replace(/\n$/, '')} language={language} />;
}
