import { z } from 'zod';
import { USER_COUNT, type User, userSchema } from '../contract/exports.ts';
import { type Database, databaseUnavailable, openDatabase } from './database.ts';
import { userAt } from './user-seed.ts';
import { Seeding, type SeedingOptions, USERS_TABLE } from './users-seeding.ts';

const SELECT_PAGE = `select * from ${USERS_TABLE} where id > ? order by id limit ?`;
const pageSchema = z.array(userSchema);

export interface UsersOptions extends Partial<SeedingOptions> {
  dataDir: string;
}

interface Session {
  readonly database: Database;
  readonly seeding: Seeding;
}

/**
 * The users in the database, which is opened on first use and filled while it is already being read.
 *
 * Rows are read page by page, each page its own short query that starts after the last ID (keyset paging), rather than
 * from one cursor held open: a reader that stalls for an hour then holds no read transaction, which would keep the
 * write-ahead log from being folded back, and no statement is left to close when a reader leaves. Users are never
 * changed once written, so pages of different moments agree.
 */
export class Users {
  readonly #dataDir: string;
  readonly #seeding: SeedingOptions;
  readonly #closing = new AbortController();
  #opening: Promise<Session> | null = null;
  /** What `#opening` came to, until it fails or is closed. */
  #session: Session | null = null;

  constructor({ dataDir, ...seeding }: UsersOptions) {
    this.#dataDir = dataDir;
    this.#seeding = { count: USER_COUNT, rowAt: userAt, ...seeding };
  }

  /**
   * Makes sure, before a response starts, that `count` users can be read or are on their way.
   * Throws DatabaseUnavailableError; the next call tries anew.
   */
  async prepare(count: number): Promise<void> {
    const session = await this.#openAnewAfterFailure();
    await session.seeding.firstBatch;
    await this.#using(session, () => {
      session.seeding.throwIfOutOfReach(count);
      readPage(session, 0, 1);
    });
  }

  /**
   * At least one and at most `limit` users after ID `after`, in the order of their IDs; a user not written yet is
   * waited for. Throws DatabaseUnavailableError, or the signal's reason.
   */
  async read(after: number, limit: number, signal: AbortSignal): Promise<User[]> {
    const session = await this.#open();
    return this.#using(session, async () => {
      await session.seeding.reached(after + 1, signal);
      return readPage(session, after, limit);
    }).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
  }

  /** Ends seeding and closes the database; what is missing is made when it is next opened. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#opening]);
    const session = this.#session;
    this.#forget();
    if (session) await closeSession(session);
  }

  async #openAnewAfterFailure(): Promise<Session> {
    const session = await this.#open();
    if (!session.seeding.failed) return session;
    await this.#retire(session);
    return this.#open();
  }

  #open(): Promise<Session> {
    this.#opening ??= this.#start();
    return this.#opening;
  }

  async #start(): Promise<Session> {
    try {
      const database = await openDatabase(this.#dataDir, this.#closing.signal);
      this.#session = { database, seeding: new Seeding(database, this.#seeding) };
      return this.#session;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** A session that failed is let go of: the next request opens another. */
  async #using<T>(session: Session, use: () => T | Promise<T>): Promise<T> {
    try {
      return await use();
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      await this.#retire(session);
      throw databaseUnavailable(error);
    }
  }

  async #retire(session: Session): Promise<void> {
    if (this.#session !== session) return;
    this.#forget();
    await closeSession(session);
  }

  #forget(): void {
    this.#opening = null;
    this.#session = null;
  }
}

function readPage({ database }: Session, after: number, limit: number): User[] {
  const page = pageSchema.parse(database.prepare(SELECT_PAGE).all(after, limit));
  if (page.length === 0) throw new Error(`No user after ${after}, though it was written`);
  return page;
}

async function closeSession({ database, seeding }: Session): Promise<void> {
  await seeding.stop();
  database.close();
}
