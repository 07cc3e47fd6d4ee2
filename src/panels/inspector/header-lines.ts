/** RFC 9110, section 5.6.2: a field name is a token. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Field values that `fetch` takes: bytes without NUL, CR and LF. */
const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** Fetch standard, *forbidden request-header*: a page that sets one is silently ignored. */
const forbidden: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

export type ReadHeaders =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly error: string };

/** Reads `Name: value`, one a line; blank lines are skipped. */
export function readHeaderLines(text: string): ReadHeaders {
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    const wrong = colon === -1 ? 'has no colon; write Name: value' : headerError(name, value, headers);
    if (wrong !== null) return { ok: false, error: `Line ${index + 1} ${wrong}` };
    headers[name.toLowerCase()] = value;
  }
  return { ok: true, headers };
}

function headerError(name: string, value: string, before: Readonly<Record<string, string>>): string | null {
  if (name === '') return 'has no name before its colon';
  if (!token.test(name)) return `has a name that is none: “${name}”`;
  const lower = name.toLowerCase();
  if (forbidden.has(lower) || /^(?:proxy|sec)-/.test(lower))
    return `sets ${name}, which browsers do not let a page set`;
  if (before[lower] !== undefined) return `names ${name} a second time`;
  return fieldValue.test(value) ? null : 'has a character in its value that a header can’t carry';
}

const secretName = /authorization|cookie|token|secret|password|passwd|api[-_]?key|credential/i;

/** The same lines without the values that must not be stored. */
export function withoutSecretHeaders(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon !== -1 && secretName.test(line.slice(0, colon)) ? line.slice(0, colon + 1) : line;
    })
    .join('\n');
}

/** The same URL without the values of parameters that must not be stored. */
export function withoutSecretParameters(url: string): string {
  return url
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) =>
      secretName.test(name) ? `${mark}${name}=` : whole,
    )
    .replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}
