import { statSync } from 'node:fs';
import { join, normalize } from 'node:path';

/** Whether the built page has a file at this path of the server; `/` is `index.html`. */
export function hasPageFile(pageDirectory: string, path: string): boolean {
  const file = pageFile(pageDirectory, path);
  return file !== null && isFile(file);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Anyone can ask for any name: one below a file, one too long. What can't be looked at is no file of the page.
    return false;
  }
}

/** Where the file of a path would be; null for a path that can't be one (malformed, hidden, or pointing outside). */
function pageFile(pageDirectory: string, path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const relative = normalize(decoded === '/' ? '/index.html' : decoded);
  // What begins with a dot is the build's own (`.vite/manifest.json`), or leads out.
  const isHidden = relative.split('/').some((name) => name.startsWith('.'));
  return isHidden ? null : join(pageDirectory, relative);
}
