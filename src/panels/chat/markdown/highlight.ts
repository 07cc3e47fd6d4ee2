/** What a piece of code is, as far as colour goes. `plain` is everything else. */
export type CodeKind = 'comment' | 'string' | 'keyword' | 'number' | 'plain';

export interface CodeSpan {
  readonly kind: CodeKind;
  readonly text: string;
}

/** Longer code is shown without colour: nobody reads it here. */
const MAX_HIGHLIGHTED = 20_000;

const keywords =
  'abstract|and|as|async|await|break|case|catch|class|const|continue|curl|def|default|do|elif|else|except|export|extends|false|False|finally|fn|for|from|func|function|GET|go|if|import|in|interface|is|lambda|let|match|new|nil|None|not|null|of|or|pass|POST|pub|raise|return|self|static|struct|switch|this|throw|true|True|try|type|typeof|undefined|use|var|void|while|with|yield';
const strings = [
  String.raw`"(?:[^"\\\n]|\\.)*"`,
  String.raw`'(?:[^'\\\n]|\\.)*'`,
  '`(?:[^`\\\\]|\\\\.)*`',
].join('|');
const words = String.raw`(?<keyword>\b(?:${keywords})\b)|(?<number>\b\d[\d_]*(?:\.\d+)?\b)`;

const slashComments = String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)`;
const hashComments = String.raw`(?<comment>(?<=^|\s)#[^\n]*)`;
const hashLanguages = new Set([
  'bash',
  'sh',
  'shell',
  'zsh',
  'python',
  'py',
  'yaml',
  'yml',
  'toml',
  'nginx',
  'conf',
]);
const plainLanguages = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'output', 'markdown', 'md']);

/** Colours code roughly, the same way for every language: joined, the spans are the code. */
export function highlight(code: string, language: string): readonly CodeSpan[] {
  if (code.length > MAX_HIGHLIGHTED || plainLanguages.has(language)) return [{ kind: 'plain', text: code }];
  const comments = hashLanguages.has(language) ? hashComments : slashComments;
  const pattern = new RegExp(`${comments}|(?<string>${strings})|${words}`, 'gm');
  const spans: CodeSpan[] = [];
  let at = 0;
  for (const found of code.matchAll(pattern)) {
    if (found.index > at) spans.push({ kind: 'plain', text: code.slice(at, found.index) });
    spans.push({ kind: kindOf(found.groups ?? {}), text: found[0] });
    at = found.index + found[0].length;
  }
  if (at < code.length) spans.push({ kind: 'plain', text: code.slice(at) });
  return spans;
}

function kindOf({ comment, string, keyword }: Record<string, string | undefined>): CodeKind {
  if (comment !== undefined) return 'comment';
  if (string !== undefined) return 'string';
  return keyword === undefined ? 'number' : 'keyword';
}
