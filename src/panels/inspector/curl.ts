import type { StreamRequest } from '../../streams/types.ts';

/** POSIX shell: everything is literal between single quotes but the quote itself. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same request for a terminal; `-N` shows each chunk as it comes, `-i` the headers too. */
export function curlCommand({ url, method = 'GET', headers = {}, body }: StreamRequest): string {
  const parts = ['curl -N -i'];
  // `-X HEAD` would wait for a body that never comes.
  if (method === 'HEAD') parts.push('--head');
  else if (method !== 'GET') parts.push(`-X ${method}`);
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  if (body !== undefined) parts.push(`--data-raw ${quote(body)}`);
  return [...parts, quote(url)].join(' \\\n  ');
}
