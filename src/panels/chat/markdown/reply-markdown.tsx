import { memo, useRef } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remend from 'remend';
import { markdownParts, safeLink } from './markdown-parts.tsx';
import classes from './reply-markdown.module.css';
import { noBlocks, splitBlocks } from './split-blocks.ts';

interface ReplyMarkdownProps {
  readonly text: string;
  /** More of it is being typed. */
  readonly growing: boolean;
  /** False where its last words are not the end. */
  readonly whole: boolean;
}

/**
 * A reply as Markdown while it grows. It is cut into blocks; those that are finished keep what they were rendered to,
 * so that a frame costs one block however long the reply is. HTML in it is shown as text.
 */
export default function ReplyMarkdown({ text, growing, whole }: ReplyMarkdownProps) {
  const split = useRef(noBlocks);
  // Keeping the split between renders is a cache alone: it gives the same blocks as splitting anew.
  split.current = splitBlocks(text.replace(/\r\n?/g, '\n'), split.current);
  const { blocks } = split.current;
  return (
    <div className={classes.markdown} data-growing={growing}>
      {blocks.map((block, position) => {
        const unfinished = !whole && position === blocks.length - 1;
        // biome-ignore lint/suspicious/noArrayIndexKey: a block's name is its place, which never changes
        return <MarkdownBlock key={position} text={unfinished ? completed(block) : block} />;
      })}
    </div>
  );
}

/** Closes what is still open (`**bold`, `[a link](http`), so that no half of a mark flickers by. */
function completed(block: string): string {
  return remend(block, { linkMode: 'text-only' });
}

const plugins = [remarkGfm];

const MarkdownBlock = memo(function MarkdownBlock({ text }: { text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={markdownParts} urlTransform={safeLink}>
      {text}
    </Markdown>
  );
});
