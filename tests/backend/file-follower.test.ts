import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileFollower } from '../../src/backend/file-follower.ts';
import { range } from './feed-client.ts';

let folder: string;
let path: string;
let watch: Watch | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'follower-'));
  path = join(folder, 'app.log');
  watch = null;
});

afterEach(async () => {
  await watch?.stop();
  await rm(folder, { recursive: true });
});

/** One `follow()`, look by look: the file is looked at when the test says so. */
class Watch {
  readonly lines: string[] = [];
  readonly notes: string[] = [];
  caughtUp = 0;
  readonly #controller = new AbortController();
  readonly #ended: Promise<void>;
  #looked: () => void = () => undefined;
  #lookAgain: () => void = () => undefined;
  readonly pause = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#lookAgain = resolve;
      this.#looked();
    });

  constructor(follow: (pause: Watch['pause']) => FileFollower) {
    const follower = follow(this.pause);
    this.#ended = this.#collect(follower);
  }

  async #collect(follower: FileFollower): Promise<void> {
    for await (const event of follower.follow(this.#controller.signal)) {
      if (event.type === 'lines') this.lines.push(...event.lines);
      else if (event.type === 'note') this.notes.push(event.message);
      else this.caughtUp += 1;
    }
  }

  first(): Promise<void> {
    return new Promise((resolve) => {
      this.#looked = resolve;
    });
  }

  async look(): Promise<void> {
    const looked = this.first();
    this.#lookAgain();
    await looked;
  }

  async stop(): Promise<void> {
    this.#controller.abort();
    await this.#ended;
  }
}

async function watched(options: { initialLines?: number } = {}): Promise<Watch> {
  const made = new Watch((pause) => new FileFollower(path, { ...options, pause }));
  watch = made;
  await made.first();
  return made;
}

const numbered = (first: number, last: number): string =>
  range(first, last)
    .map((n) => `line ${n}\n`)
    .join('');

/** How many descriptors of this process point into the test's folder. */
async function openDescriptors(): Promise<number> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((target) => target.startsWith(folder)).length;
}

describe('following a file', () => {
  it.each([
    ['more lines than asked for', 250, 100, range(151, 250)],
    ['exactly as many', 100, 100, range(1, 100)],
    ['fewer', 3, 100, range(1, 3)],
    ['none wanted', 3, 0, []],
    ['an empty file', 0, 100, []],
  ])('starts with the last lines: %s', async (_name, written, initialLines, expected) => {
    await writeFile(path, numbered(1, written));
    const { lines, caughtUp } = await watched({ initialLines });
    expect(lines).toEqual(expected.map((n) => `line ${n}`));
    expect(caughtUp).toBe(1);
  });

  it('starts at the beginning of a line in a file whose last lines are very long', async () => {
    await writeFile(path, `${'x'.repeat(3_000_000)}\nshort\n`);
    expect((await watched()).lines).toEqual(['short']);
  });

  it('gives what is appended, once its line is complete', async () => {
    await writeFile(path, 'one\n');
    const follow = await watched();
    await appendFile(path, 'two\nthr');
    await follow.look();
    expect(follow.lines).toEqual(['one', 'two']);
    await appendFile(path, 'ee\r\n');
    await follow.look();
    expect(follow.lines).toEqual(['one', 'two', 'three']);
  });

  it('goes on in the new file after a rotation, and reads the old one to its end', async () => {
    await writeFile(path, 'one\n');
    const follow = await watched();
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, 'two\nunfinished');
    await writeFile(path, 'three\n');
    await follow.look();
    expect(follow.lines).toEqual(['one', 'two', 'unfinished', 'three']);
    expect(follow.notes).toEqual(['LOG_FILE was replaced; following the new file']);
    expect(await openDescriptors()).toBe(1);
  });

  it('waits between a rotation and the new file, still reading the old one', async () => {
    await writeFile(path, 'one\n');
    const follow = await watched();
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, 'two\n');
    await follow.look();
    await follow.look();
    await appendFile(path, 'three\n');
    await follow.look();
    expect(follow.lines).toEqual(['one', 'two', 'three']);
    expect(follow.notes).toEqual([
      'LOG_FILE is not there; waiting for it to appear',
      'LOG_FILE was replaced; following the new file',
    ]);
  });

  it('follows a link to where it leads next', async () => {
    await writeFile(join(folder, 'a'), 'one\n');
    await writeFile(join(folder, 'b'), 'two\n');
    await symlink('a', path);
    const follow = await watched();
    await symlink('b', `${path}.new`);
    await rename(`${path}.new`, path);
    await follow.look();
    expect(follow.lines).toEqual(['one', 'two']);
  });

  it('reads a truncated file from its beginning', async () => {
    await writeFile(path, numbered(1, 50));
    const follow = await watched();
    await truncate(path, 0);
    await appendFile(path, 'new\n');
    await follow.look();
    expect(follow.lines.slice(50)).toEqual(['new']);
    expect(follow.notes).toEqual(['LOG_FILE was truncated; reading it from its beginning']);
  });

  it.each([
    ['more than it had', range(1, 80)],
    ['exactly what it had', range(11, 60)],
  ])('reads a file from its beginning that was truncated and rewritten to %s', async (_name, written) => {
    await writeFile(path, numbered(10, 59));
    const follow = await watched();
    await truncate(path, 0);
    await appendFile(path, written.map((n) => `line ${n}\n`).join(''));
    // Where the length is the same the time tells, and a test can be faster than a file system's clock.
    await utimes(path, new Date(), new Date(Date.now() + 10_000));
    await follow.look();
    expect(follow.lines.slice(50)).toEqual(written.map((n) => `line ${n}`));
    expect(follow.notes).toEqual(['LOG_FILE was truncated; reading it from its beginning']);
    await appendFile(path, 'next\n');
    await follow.look();
    expect(follow.lines.at(-1)).toBe('next');
    expect(follow.notes.length).toBe(1);
  });

  it('reads nothing of a file that was only touched', async () => {
    await writeFile(path, numbered(1, 5));
    const follow = await watched();
    await utimes(path, new Date(), new Date(Date.now() + 10_000));
    await follow.look();
    expect([follow.lines.length, follow.notes]).toEqual([5, []]);
  });

  it('waits for a file that is not there, says so once, and reads it from its first line', async () => {
    const follow = await watched({ initialLines: 2 });
    await follow.look();
    expect(follow.notes).toEqual(['LOG_FILE is not there; waiting for it to appear']);
    expect(follow.caughtUp).toBe(1);
    await writeFile(path, numbered(1, 5));
    await follow.look();
    expect(follow.lines).toEqual(range(1, 5).map((n) => `line ${n}`));
  });

  it('says that a folder can not be followed, and goes on trying', async () => {
    await mkdir(path);
    const follow = await watched();
    expect(follow.notes).toEqual(['LOG_FILE is not a regular file; waiting for one']);
    await rm(path, { recursive: true });
    await writeFile(path, 'one\n');
    await follow.look();
    expect(follow.lines).toEqual(['one']);
  });

  it('reads a burst of many megabytes whole', async () => {
    await writeFile(path, '');
    const follow = await watched();
    await appendFile(path, numbered(1, 200_000));
    await follow.look();
    expect(follow.lines.length).toBe(200_000);
    expect(follow.lines.at(-1)).toBe('line 200000');
  });

  it('holds one descriptor while it follows, and none afterwards', async () => {
    await writeFile(path, 'one\n');
    const follow = await watched();
    for (const turn of range(1, 5)) {
      await rename(path, `${path}.${turn}`);
      await writeFile(path, `${turn}\n`);
      await follow.look();
    }
    expect(await openDescriptors()).toBe(1);
    await follow.stop();
    expect(await openDescriptors()).toBe(0);
  });
});

describe('following a file again', () => {
  /** Follows once, lets something happen, and follows again. */
  async function again(meanwhile: () => Promise<unknown>, beforeStop = () => Promise.resolve()) {
    let pause: Watch['pause'] = () => Promise.reject(new Error('not followed'));
    const follower = new FileFollower(path, { initialLines: 2, pause: (signal) => pause(signal) });
    const follow = async (): Promise<Watch> => {
      const made = new Watch((own) => {
        pause = own;
        return follower;
      });
      watch = made;
      await made.first();
      return made;
    };
    const first = await follow();
    await beforeStop();
    await first.stop();
    await meanwhile();
    const wentOn = await follower.canGoOn();
    const second = await follow();
    return { wentOn, first: first.lines, second: second.lines };
  }

  it('goes on where it was, the unfinished line included', async () => {
    await writeFile(path, 'one\ntw');
    const result = await again(() => appendFile(path, `o\n${numbered(1, 5)}`));
    expect(result.wentOn).toBe(true);
    expect([...result.first, ...result.second]).toEqual([
      'one',
      'two',
      ...range(1, 5).map((n) => `line ${n}`),
    ]);
  });

  it.each([
    [
      'was rotated',
      async () => {
        await rename(path, `${path}.1`);
        await writeFile(path, numbered(1, 5));
      },
    ],
    ['was truncated', () => writeFile(path, 'line 4\nline 5\n')],
    ['was rewritten to more than it had', () => writeFile(path, numbered(1, 5))],
    [
      'grew by more than can be caught up with',
      () => appendFile(path, `${'x'.repeat(17_000_000)}\nline 4\nline 5\n`),
    ],
  ])('starts anew with the last lines of a file that %s', async (_name, meanwhile) => {
    await writeFile(path, 'aaaa\nbbbb\ncccc\n');
    const result = await again(meanwhile);
    expect(result.wentOn).toBe(false);
    expect(result.second).toEqual(['line 4', 'line 5']);
  });

  it('loses nothing of a file that was rewritten just before nobody looked any more', async () => {
    await writeFile(path, 'aaaa\nbbbb\n');
    const result = await again(
      () => appendFile(path, 'line 4\n'),
      () => writeFile(path, numbered(1, 3)),
    );
    expect(result.second).toEqual(range(1, 4).map((n) => `line ${n}`));
  });

  it('loses nothing of a file that appears while nobody looks', async () => {
    const result = await again(() => writeFile(path, numbered(1, 5)));
    expect(result.wentOn).toBe(true);
    expect(result.second).toEqual(range(1, 5).map((n) => `line ${n}`));
  });
});
