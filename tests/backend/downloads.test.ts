import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/backend/app.ts';
import { windowOf } from '../../src/backend/downloads.ts';
import { BLOCK_BYTES, bytesAt } from '../../src/backend/file-bytes.ts';
import { LINE_BYTES, textAt } from '../../src/backend/file-text.ts';
import { byteStep, portions } from '../../src/backend/portions.ts';
import { MAX_DOWNLOAD_BYTES } from '../../src/contract/downloads.ts';
import { PROBLEM_MEDIA_TYPE } from '../../src/contract/problem.ts';
import { ManualClock } from '../fixtures/manual-clock.ts';

const never = new AbortController().signal;
const apps: App[] = [];
const start = (): App => {
  const app = createApp({
    dataDir: 'unused',
    logFile: null,
    apiToken: null,
    corsOrigins: [],
    version: 'test',
  });
  apps.push(app);
  return app;
};
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

describe.each([
  ['bytesAt', (offset: number, length: number) => Buffer.from(bytesAt(offset, length)).toString('latin1')],
  ['textAt', textAt],
])('%s', (_, contentAt) => {
  it('makes any window as it is in the whole', () => {
    const length = BLOCK_BYTES * 4 + 123;
    const whole = contentAt(0, length);
    expect(whole).toHaveLength(length);
    fc.assert(
      fc.property(fc.nat(length), fc.nat(length), (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        // Compared as a flag: a diff of long texts would take minutes to print.
        expect(contentAt(from, to - from) === whole.slice(from, to)).toBe(true);
      }),
    );
  });

  it('makes the end of the largest download', () => {
    const tail = contentAt(MAX_DOWNLOAD_BYTES - 1_000, 1_000);
    expect(tail).toHaveLength(1_000);
    expect(tail.endsWith(contentAt(MAX_DOWNLOAD_BYTES - 10, 10))).toBe(true);
  });
});

describe('the bytes of a download', () => {
  it('are these, in every version: who resumes one after an update must get the same file', () => {
    expect(Buffer.from(bytesAt(0, 8)).toString('hex')).toBe('08e646859924f8ef');
    expect(Buffer.from(bytesAt(9_999_999_992, 8)).toString('hex')).toBe('06226a0854512c4c');
  });

  it('differ from block to block, so that a misplaced part is noticed', () => {
    const firsts = Array.from({ length: 500 }, (_, block) =>
      Buffer.from(bytesAt(block * BLOCK_BYTES, 4)).readUInt32LE(),
    );
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('look random: every value about as often as any other', () => {
    const counts = new Uint32Array(256);
    for (const byte of bytesAt(0, BLOCK_BYTES * 4)) counts[byte] = (counts[byte] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_250);
  });
});

describe('the text of a download', () => {
  it('has numbered lines that say where they are', () => {
    const lines = textAt(0, LINE_BYTES * 2_000).split('\n');
    expect(lines.pop()).toBe('');
    lines.forEach((line, index) => {
      expect(line).toHaveLength(LINE_BYTES - 1);
      expect(line.split('  ').slice(0, 2).map(Number)).toEqual([index + 1, index * LINE_BYTES]);
    });
  });
});

describe('a download', () => {
  it.each(['/download/large-file', '/download'])('%s sends what it announces', async (path) => {
    const response = await start().request(`${path}?size=300001`);
    expect(response.headers.get('content-length')).toBe('300001');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="streamscope-300001.bin"');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.equals(bytesAt(0, 300_001))).toBe(true);
  });

  it('of text has exactly the size asked for and does not announce it', async () => {
    const response = await start().request('/stream/large-data?size=150001');
    expect(response.headers.has('content-length')).toBe(false);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect((await response.text()) === textAt(0, 150_001)).toBe(true);
  });

  it('asked for with HEAD has its headers and starts nothing', async () => {
    const app = start();
    const response = await app.request('/download/large-file?size=10000000000', { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('10000000000');
    expect(await response.text()).toBe('');
    expect(await (await app.request('/health')).json()).toMatchObject({ activeStreams: 0 });
  });

  it('keeps its rate, evenly, from the first byte', async () => {
    const clock = new ManualClock();
    const arrivals: { atMs: number; byteLength: number }[] = [];
    const reading = (async () => {
      for await (const bytes of windowOf(bytesAt, { offset: 7, length: 10_000, rate: 5_000 }, never, clock)) {
        arrivals.push({ atMs: clock.now(), byteLength: bytes.byteLength });
      }
    })();
    await clock.advance(3_000);
    await reading;
    expect(arrivals).toHaveLength(50);
    arrivals.forEach(({ atMs, byteLength }, index) => {
      expect(byteLength).toBe(200);
      expect(atMs).toBeCloseTo(index * 40, 6);
    });
  });

  it('at a pace stops waiting as soon as its reader leaves', async () => {
    const clock = new ManualClock();
    const leaving = new AbortController();
    const bytes = windowOf(bytesAt, { offset: 0, length: 10, rate: 1 }, leaving.signal, clock);
    expect((await bytes.next()).value?.byteLength).toBe(1);
    const waiting = bytes.next();
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.waiting).toBe(0);
  });
});

describe('portions', () => {
  it('add up to the total, each at least 1 and at most the largest, at every rate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5_000 }),
        fc.oneof(fc.constant(0), fc.integer({ min: 100, max: 1_000_000 })),
        fc.integer({ min: 50, max: 300 }),
        async (total, rate, largest) => {
          const clock = new ManualClock();
          const given: number[] = [];
          const taking = (async () => {
            const step = byteStep(rate, largest);
            for await (const portion of portions({ total, rate, largest, step }, never, clock))
              given.push(portion);
          })();
          await clock.advance(rate === 0 ? 0 : (total / rate) * 1_000 + 100);
          await taking;
          expect(given.reduce((sum, portion) => sum + portion, 0)).toBe(total);
          for (const portion of given) {
            expect(portion).toBeGreaterThan(0);
            expect(portion).toBeLessThanOrEqual(largest);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('bad input', () => {
  it.each(
    ['/download/large-file', '/download', '/stream/large-data'].flatMap((path) =>
      [
        ['size=0', 'size', 'must be at least 1'],
        ['size=10000000001', 'size', 'must be at most 10000000000'],
        ['size=1e99', 'size', 'must be'],
        ['size=ten', 'size', 'must be a whole number'],
        ['rate=-5', 'rate', 'must be at least 0'],
        ['rate=0.5', 'rate', 'must be a whole number'],
      ].map(([query, name, reason]) => [`${path}?${query}`, name, reason] as const),
    ),
  )('%s is refused', async (url, name, reason) => {
    const response = await start().request(url);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE);
    expect(await response.json()).toMatchObject({
      errors: [{ name, reason: expect.stringContaining(String(reason)) }],
    });
  });
});
