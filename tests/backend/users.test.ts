import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DATABASE_FILE,
  DatabaseUnavailableError,
  openDatabase,
  whenFree,
} from '../../src/backend/database.ts';
import { SEED_VERSION, userAt } from '../../src/backend/user-seed.ts';
import { asciiName, PLACES } from '../../src/backend/user-seed-places.ts';
import { Users } from '../../src/backend/users.ts';
import { USERS_TABLE } from '../../src/backend/users-seeding.ts';
import { USER_COUNT, type User, userSchema } from '../../src/contract/exports.ts';

const never = new AbortController().signal;
const expected = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => userAt(from + index));

async function readAll(users: Users, count: number, pageRows = 1_000): Promise<User[]> {
  const all: User[] = [];
  while (all.length < count) {
    all.push(...(await users.read(all.length, Math.min(pageRows, count - all.length), never)));
  }
  return all;
}

describe('a seeded user', () => {
  const sample = Array.from({ length: 4_000 }, (_, index) => userAt(1 + index * 49));

  it('is the same whatever was made before it', () => {
    const alone = userAt(77_777);
    expected(1, 50);
    expect(userAt(77_777)).toEqual(alone);
    // Written out: who changes the rows must raise SEED_VERSION, or old files would mix with new rows.
    expect(SEED_VERSION).toBe(1);
    expect(alone).toEqual({
      id: 77777,
      name: 'Andrés Muñoz',
      email: 'andres.munoz.77777@example.org',
      city: 'Ávila',
      country: 'Spain',
      signedUp: '2022-02-25',
      plan: 'free',
      balance: 6.41,
      note: '',
    });
  });

  it('fits the contract', () => {
    for (const user of sample) expect(userSchema.safeParse(user).success, user.name).toBe(true);
  });

  it('lives in a city of the country, under a name of the country', () => {
    for (const { country, city, name } of sample) {
      const place = PLACES.find((candidate) => candidate.country === country);
      expect(place?.cities).toContain(city);
      expect(place?.given.some((given) => name.startsWith(`${given} `))).toBe(true);
    }
  });

  it('has an address of its own, in ASCII', () => {
    expect(new Set(sample.map(({ email }) => email)).size).toBe(sample.length);
    for (const { email } of sample) expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@[a-z]+\.[a-z]+$/);
  });

  it('signed up no earlier than the user before', () => {
    const dates = sample.map(({ signedUp }) => signedUp);
    expect(dates).toEqual(dates.toSorted());
    expect(new Set(dates.map((date) => date.slice(0, 4))).size).toBeGreaterThanOrEqual(10);
  });

  it('varies as real rows do: notes with commas, quotes, line breaks and emoji, and none', () => {
    const notes = sample.map(({ note }) => note);
    for (const pattern of [/,/, /"/, /\n/, /\p{Extended_Pictographic}/u, /^$/]) {
      const share = notes.filter((note) => pattern.test(note)).length / notes.length;
      expect(share, String(pattern)).toBeGreaterThan(0.02);
      expect(share, String(pattern)).toBeLessThan(0.6);
    }
    expect(new Set(sample.map(({ country }) => country)).size).toBe(PLACES.length);
  });

  it('has no text that a spreadsheet would take for a formula', () => {
    for (let id = 1; id <= USER_COUNT; id += 1) {
      const { name, email, city, country, note } = userAt(id);
      for (const text of [name, email, city, country, note]) if (/^[=+\-@\t\r]/.test(text)) expect.fail(text);
    }
  });

  it.each([
    ['Łukasz', 'lukasz'],
    ['Weiß', 'weiss'],
    ['Þórarinsson', 'thorarinsson'],
    ["O'Connor", 'oconnor'],
    ['Işıl', 'isil'],
    ['Σοφία', 'sofia'],
    ['Ярина', 'iaryna'],
    ['Đặng', 'dang'],
  ])('spells %s in ASCII as %s', (name, ascii) => {
    expect(asciiName(name)).toBe(ascii);
  });
});

describe('the users in the database', () => {
  let dataDir: string;
  const opened: Users[] = [];
  const open = (options: Partial<ConstructorParameters<typeof Users>[0]> = {}) => {
    const users = new Users({ dataDir, count: 3_000, ...options });
    opened.push(users);
    return users;
  };
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'streamscope-users-'));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((users) => users.close()));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('touches nothing before it is needed', async () => {
    const unused = open({ dataDir: join(dataDir, 'later') });
    await unused.close();
    await expect(readFile(join(dataDir, 'later', DATABASE_FILE))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('are the seeded ones, all of them, in order', async () => {
    expect(await readAll(open({ count: 3_050 }), 3_050, 700)).toEqual(expected(1, 3_050));
  });

  it('can be read while they are still being written', async () => {
    let seeded = 0;
    const users = open({ count: 20_000, onProgress: (count) => (seeded = count) });
    await users.prepare(20_000);
    await users.read(0, 10, never);
    const seededAtFirstRead = seeded;
    expect(await users.read(19_999, 1, never)).toEqual([userAt(20_000)]);
    expect(seededAtFirstRead).toBeLessThan(10_000);
  });

  it('go on where an interrupted seeding was', async () => {
    const made: number[] = [];
    const rowAt = (id: number) => {
      made.push(id);
      return userAt(id);
    };
    const first = open({ rowAt });
    await first.prepare(3_000);
    await first.close();
    const interruptedAt = made.length;
    expect(interruptedAt).toBeGreaterThan(0);
    expect(interruptedAt).toBeLessThan(3_000);

    const second = open({ rowAt });
    expect(await readAll(second, 3_000)).toEqual(expected(1, 3_000));
    expect(made).toEqual(Array.from({ length: 3_000 }, (_, index) => index + 1));
  });

  it('are not made again once they are there', async () => {
    await readAll(open(), 3_000);
    const again = open({ rowAt: () => expect.fail('a row was made again') });
    expect(await again.read(2_999, 5, never)).toEqual([userAt(3_000)]);
  });

  it('are the same when two servers make them in one directory at once', async () => {
    const [one, other] = [open(), open()];
    const [rows, sameRows] = await Promise.all([readAll(one, 3_000), readAll(other, 3_000)]);
    expect(rows).toEqual(expected(1, 3_000));
    expect(sameRows).toEqual(rows);
  });

  it('wait for a lock that another program holds, without holding up the event loop', async () => {
    const mine = await openDatabase(dataDir, never);
    const stranger = await openDatabase(dataDir, never);
    stranger.exec('create table rows (id integer)');
    stranger.exec('begin immediate');
    let attempts = 0;
    await whenFree(() => {
      attempts += 1;
      if (attempts === 3) stranger.exec('commit');
      return mine.exec('insert into rows values (1)');
    }, never);
    expect(attempts).toBe(3);
    expect(stranger.prepare('select id from rows').all()).toEqual([{ id: 1 }]);
    mine.close();
    stranger.close();
  });

  it('stop being waited for when the reader leaves', async () => {
    const users = open({ rowAt: userAt, count: 5_000 });
    await users.prepare(5_000);
    const leaving = new AbortController();
    const reading = users.read(9_999, 1, leaving.signal);
    leaving.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(await users.read(0, 1, never)).toEqual([userAt(1)]);
  });

  it.each([
    [
      'a file where the data directory should be',
      'unwritable',
      async () => writeFile(join(dataDir, 'd'), ''),
    ],
    [
      'a file that is no database',
      'damaged',
      async () => {
        await mkdir(join(dataDir, 'd'));
        await writeFile(join(dataDir, 'd', DATABASE_FILE), 'not a database '.repeat(1_000));
      },
    ],
    [
      'a table of the same name with other columns',
      'damaged',
      async () => {
        const stranger = await openDatabase(join(dataDir, 'd'), never);
        stranger.exec(`create table ${USERS_TABLE} (id integer primary key)`);
        stranger.close();
      },
    ],
  ] as const)('cannot be had with %s, and can once it is gone', async (_, fault, spoil) => {
    await spoil();
    const users = open({ dataDir: join(dataDir, 'd') });
    const failure = await users.prepare(1).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailableError);
    expect(failure).toMatchObject({ fault });
    await rm(join(dataDir, 'd'), { recursive: true });
    await users.prepare(1);
    expect(await users.read(0, 1, never)).toEqual([userAt(1)]);
  });

  it('say so when the disk fills up, and go on where they were once there is room', async () => {
    let full = true;
    const rowAt = (id: number) => {
      if (full && id > 400)
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      return userAt(id);
    };
    const users = open({ rowAt });
    await expect(readAll(users, 3_000)).rejects.toMatchObject({ fault: 'full' });
    await expect(users.prepare(3_000)).rejects.toMatchObject({ fault: 'full' });
    await users.prepare(400);
    expect(await users.read(399, 1, never)).toEqual([userAt(400)]);
    full = false;
    await users.prepare(3_000);
    expect(await readAll(users, 3_000)).toEqual(expected(1, 3_000));
  });
});
