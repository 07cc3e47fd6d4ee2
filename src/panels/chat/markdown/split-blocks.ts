import { Lexer } from 'marked';

/** A text cut into blocks of Markdown: joined, they are the text. */
export interface BlockSplit {
  readonly text: string;
  readonly blocks: readonly string[];
}

export const noBlocks: BlockSplit = { text: '', blocks: [] };

/**
 * The last two blocks can still change as text is added: the last grows, and may turn out to go on from the one before
 * (`1. a`, blank line, `2` is a paragraph until its `.` comes). All before them are as they will be.
 */
const UNSETTLED_BLOCKS = 2;

/** Splits a text anew, or, where it only grew since `previous`, from its last blocks on. */
export function splitBlocks(text: string, previous: BlockSplit = noBlocks): BlockSplit {
  if (text === previous.text) return previous;
  const settled = text.startsWith(previous.text) ? previous.blocks.slice(0, -UNSETTLED_BLOCKS) : [];
  const from = settled.reduce((length, block) => length + block.length, 0);
  return { text, blocks: [...settled, ...lexBlocks(text.slice(from))] };
}

function lexBlocks(text: string): string[] {
  const blocks: string[] = [];
  let at = 0;
  for (const token of new Lexer({ gfm: true }).blockTokens(text)) {
    const raw = text.slice(at, at + token.raw.length);
    at += token.raw.length;
    // Blank lines belong to the block above them.
    if (token.type === 'space' && blocks.length > 0) blocks.push(`${blocks.pop()}${raw}`);
    else blocks.push(raw);
  }
  // The lexer may normalise what it reads (tabs, line ends): what it did not account for is not lost.
  if (at < text.length) blocks.push(`${blocks.pop() ?? ''}${text.slice(at)}`);
  return blocks;
}
