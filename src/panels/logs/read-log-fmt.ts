/** `key=value` or `key="a value"`, as Go's loggers, Docker, Grafana and Heroku write it. */
const pair = /([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))(?:\s+|$)/y;

/** Reads a logfmt line, or null where the text is none: it must be pairs throughout and name a message or a level. */
export function readLogFmt(text: string): Record<string, string> | null {
  if (!/(?:^|\s)(?:msg|message)=/.test(text)) return null;
  const pairs: Record<string, string> = {};
  pair.lastIndex = 0;
  for (let match = pair.exec(text); match; match = pair.exec(text)) {
    const [, key = '', quoted, bare = ''] = match;
    pairs[key] = quoted === undefined ? bare : quoted.replace(/\\(.)/g, (_, char: string) => unescaped(char));
    if (pair.lastIndex === text.length) return pairs;
  }
  return null;
}

function unescaped(char: string): string {
  if (char === 'n') return '\n';
  return char === 't' ? '\t' : char;
}
