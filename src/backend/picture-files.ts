import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PICTURES } from '../contract/downloads.ts';

const FOLDER = join('src', 'backend', 'pictures');

/**
 * The folder of the pictures, looked for in this file's folder and those above it: the same files serve from the
 * sources, from a bundled configuration of Vite and from the built server, which lies elsewhere in the project.
 */
function findFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, FOLDER);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) throw new Error(`No ${FOLDER} in or above ${start}`);
  }
}

/** The bytes of picture `id`, or null where there is no such picture. */
export async function readPicture(id: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!PICTURES.some((picture) => picture.id === id)) return null;
  return new Uint8Array(await readFile(join(findFolder(import.meta.dirname), `${id}.jpg`)));
}
