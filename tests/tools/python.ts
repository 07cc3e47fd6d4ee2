import { findExecutable, installDebianPackages, MissingRequirement, runsWell } from './requirement.ts';

const PROBE = ['-c', 'import fastapi, uvicorn'];

/** The first Python that has FastAPI and uvicorn: `PYTHON`, the system's, the first in `PATH`. */
export function findPython(): string | null {
  const chosen = process.env.PYTHON;
  if (chosen !== undefined && chosen !== '') {
    if (runsWell(chosen, PROBE)) return chosen;
    throw new MissingRequirement(`PYTHON is ${chosen}, and that can't import fastapi and uvicorn.`);
  }
  for (const name of ['/usr/bin/python3', 'python3']) {
    const path = findExecutable(name);
    if (path !== null && runsWell(path, PROBE)) return path;
  }
  return null;
}

/**
 * Finds a Python with FastAPI and uvicorn, or installs Debian's.
 *
 * @throws MissingRequirement where there is none and none could be installed.
 */
export async function ensurePython(): Promise<string> {
  const found = findPython();
  if (found !== null) return found;
  await installDebianPackages(['python3-fastapi', 'python3-uvicorn']);
  const installed = findPython();
  if (installed !== null) return installed;
  throw new MissingRequirement(
    'No Python with FastAPI and uvicorn found, and none could be installed. Install them (the packages ' +
      'python3-fastapi and python3-uvicorn of Debian, or pip install fastapi uvicorn), or set PYTHON to one that has them.',
  );
}
