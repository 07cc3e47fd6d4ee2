import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Libsql from 'libsql';

export type Database = Libsql.Database;

/** The database's file in DATA_DIR. */
export const DATABASE_FILE = 'streamscope.db';

/** How long one statement may hold up the event loop for another process's lock. Longer waits are `whenFree`'s. */
const LOCK_WAIT_MS = 5;
const LOCK_RETRY_MS = 25;
const LOCK_PATIENCE_MS = 10_000;

export type DatabaseFault = 'unwritable' | 'full' | 'damaged' | 'locked' | 'unavailable';

/** What went wrong and what to do about it, in words for whoever sent the request. Paths stay in `cause`, for the log. */
const ADVICE: Readonly<Record<DatabaseFault, string>> = {
  unwritable: `The data directory (DATA_DIR) or ${DATABASE_FILE} in it cannot be made or written. Make it a directory that the server may write to, or set DATA_DIR to another one, and send the request again.`,
  full: `The disk that holds the data directory (DATA_DIR) is full. Free some space and send the request again; the database goes on where it was.`,
  damaged: `${DATABASE_FILE} in the data directory (DATA_DIR) is damaged or no database of this program. Stop the server, move the file and its -wal and -shm files away, and start again: a new one is made.`,
  locked: `Another program keeps ${DATABASE_FILE} in the data directory (DATA_DIR) locked. Close it and send the request again.`,
  unavailable: `The database cannot be used. The server's log has the cause; remove it and send the request again.`,
};

/** The database can't be used now. Nothing is remembered of it: the next request tries again. */
export class DatabaseUnavailableError extends Error {
  readonly fault: DatabaseFault;

  constructor(fault: DatabaseFault, cause: unknown) {
    super(ADVICE[fault], { cause });
    this.name = 'DatabaseUnavailableError';
    this.fault = fault;
  }
}

const FAULT_OF_CODE: Readonly<Record<string, DatabaseFault>> = {
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  EEXIST: 'unwritable',
  ENOENT: 'unwritable',
  ENOTDIR: 'unwritable',
  ENOSPC: 'full',
  EDQUOT: 'full',
  SQLITE_CANTOPEN: 'unwritable',
  SQLITE_READONLY: 'unwritable',
  SQLITE_PERM: 'unwritable',
  SQLITE_FULL: 'full',
  SQLITE_NOTADB: 'damaged',
  SQLITE_CORRUPT: 'damaged',
  // A statement of ours that doesn't fit the tables found: the file was made by something else.
  SQLITE_ERROR: 'damaged',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
};

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  // libsql reports a failed open without a code, only in words.
  if (error.message.includes('Unable to open connection')) return 'SQLITE_CANTOPEN';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function faultOf(code: string): DatabaseFault {
  // Extended codes continue the plain one: SQLITE_CORRUPT_INDEX.
  const plain = code.split('_').slice(0, 2).join('_');
  return FAULT_OF_CODE[code] ?? FAULT_OF_CODE[plain] ?? 'unavailable';
}

/** The failure of a database call in words to act on. */
export function databaseUnavailable(error: unknown): DatabaseUnavailableError {
  return error instanceof DatabaseUnavailableError
    ? error
    : new DatabaseUnavailableError(faultOf(codeOf(error)), error);
}

/** Runs a statement; while another process holds a lock that it needs, waits without holding up the event loop. */
export async function whenFree<T>(run: () => T, signal: AbortSignal): Promise<T> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    signal.throwIfAborted();
    try {
      return run();
    } catch (error) {
      if (faultOf(codeOf(error)) !== 'locked' || performance.now() > deadline) throw error;
    }
    await sleep(LOCK_RETRY_MS, undefined, { signal });
  }
}

/**
 * A directory and whatever is missing above it. Not with `recursive`: where a file system takes no directories (`/proc`),
 * that never returns in Node 20.
 */
async function makeDirectory(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return;
  const above = dirname(path);
  if (found === null && above !== path) await makeDirectory(above);
  await mkdir(path).catch((error: unknown) => {
    // Another process was faster; where a file is in the way, opening the database says so.
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

/**
 * Opens the database in `dataDir`, making both where they are missing. Write-ahead logging lets readers go on while a
 * writer, of this process or another on the same directory, commits.
 */
export async function openDatabase(dataDir: string, signal: AbortSignal): Promise<Database> {
  try {
    await makeDirectory(resolve(dataDir));
    // Loaded on first use: where the native part is missing, all else still runs.
    const { default: Connection } = await import('libsql');
    const database = new Connection(join(dataDir, DATABASE_FILE), { timeout: LOCK_WAIT_MS });
    try {
      await whenFree(() => database.pragma('journal_mode = WAL'), signal);
      database.pragma('synchronous = NORMAL');
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    if (signal.aborted) throw error;
    throw databaseUnavailable(error);
  }
}
