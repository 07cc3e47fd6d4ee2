import { EventEmitter, once } from 'node:events';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { USER_COLUMNS, type User } from '../contract/exports.ts';
import { type Database, type DatabaseUnavailableError, databaseUnavailable, whenFree } from './database.ts';
import { SEED_VERSION } from './user-seed.ts';

/** Rows of another seed are never mixed with these. */
export const USERS_TABLE = `users_${SEED_VERSION}`;

/** Rows of one transaction: a millisecond or two, after which everything else gets its turn. */
const BATCH_ROWS = 200;

const CREATE_TABLE = `
  create table if not exists ${USERS_TABLE} (
    id integer primary key, name text not null, email text not null, city text not null, country text not null,
    signedUp text not null, plan text not null, balance real not null, note text not null
  ) strict`;

/**
 * One statement, thus one transaction: a batch is there whole or not at all. A row that is there already stays.
 * Values are bound many at a time, which takes half as long as a statement a row or as `json_each`.
 */
function insertBatch(rowCount: number): string {
  const row = `(${USER_COLUMNS.map(() => '?').join(', ')})`;
  const rows = Array<string>(rowCount).fill(row).join(', ');
  return `insert or ignore into ${USERS_TABLE} (${USER_COLUMNS.join(', ')}) values ${rows}`;
}

export interface SeedingOptions {
  /** How many rows there shall be. */
  count: number;
  /** Row `id`: a pure function of it, which is what lets an interrupted seeding go on where it was. */
  rowAt: (id: number) => User;
  /** Told how many rows there are, batch by batch, while rows are being added. */
  onProgress?: ((seeded: number) => void) | undefined;
}

type Status =
  | { status: 'running' }
  | { status: 'complete' }
  | { status: 'failed'; error: DatabaseUnavailableError };

/** The users table being filled: rows 1 to `seeded` are there, without holes. */
export class Seeding {
  /** Settles with the first batch, whether it could be written or not. */
  readonly firstBatch: Promise<void>;
  readonly #ended: Promise<void>;
  readonly #steps = new EventEmitter().setMaxListeners(0);
  readonly #stop = new AbortController();
  #status: Status = { status: 'running' };
  #seeded = 0;

  constructor(database: Database, options: SeedingOptions) {
    this.firstBatch = once(this.#steps, 'step').then(() => undefined);
    this.#ended = this.#run(database, options);
  }

  get failed(): boolean {
    return this.#status.status === 'failed';
  }

  /** Resolves when row `id` can be read; rejects when it won't come. */
  async reached(id: number, signal: AbortSignal): Promise<void> {
    while (this.#seeded < id) {
      this.throwIfOutOfReach(id);
      await once(this.#steps, 'step', { signal });
    }
  }

  throwIfOutOfReach(id: number): void {
    if (this.#status.status === 'failed' && this.#seeded < id) throw this.#status.error;
  }

  /** Stops between two batches; resolves when the database is no longer used. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(database: Database, options: SeedingOptions): Promise<void> {
    try {
      await this.#fill(database, options);
      this.#status = { status: 'complete' };
    } catch (error) {
      this.#status = { status: 'failed', error: databaseUnavailable(error) };
    }
    this.#steps.emit('step');
  }

  async #fill(database: Database, { count, rowAt, onProgress }: SeedingOptions): Promise<void> {
    const { signal } = this.#stop;
    // The first statement runs after the constructor, whoever waits for it already listening.
    await yieldToOthers();
    await whenFree(() => database.exec(CREATE_TABLE), signal);
    const insert = database.prepare(insertBatch(BATCH_ROWS));
    const highest = database.prepare(`select coalesce(max(id), 0) as id from ${USERS_TABLE}`);
    // Asked anew for each batch: a second server on the same directory may be adding rows, too.
    const seededNow = () => whenFree(() => (highest.get() as { id: number }).id, signal);

    this.#seeded = await seededNow();
    while (this.#seeded < count) {
      const length = Math.min(BATCH_ROWS, count - this.#seeded);
      const rows = Array.from({ length }, (_, index) => rowAt(this.#seeded + 1 + index));
      const values = rows.flatMap((user) => USER_COLUMNS.map((column) => user[column]));
      const statement = length === BATCH_ROWS ? insert : database.prepare(insertBatch(length));
      await whenFree(() => statement.run(values), signal);
      this.#seeded = await seededNow();
      onProgress?.(this.#seeded);
      this.#steps.emit('step');
      await yieldToOthers(undefined, { signal });
    }
  }
}
