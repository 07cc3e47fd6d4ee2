import { constants, gunzipSync } from 'node:zlib';
import { createParser } from 'eventsource-parser';
import Papa from 'papaparse';
import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_BUFFER_BYTES } from '../../src/contract/faults.ts';
import { activeStreams, closeApps, openApp } from '../fixtures/open-app.ts';
import { KINDS, readFault } from './fault-reader.ts';

afterEach(closeApps);

const withFault = (path: string, fault: string) => `${path}&fault=${encodeURIComponent(fault)}`;
const gzipAccepted = { headers: { 'Accept-Encoding': 'br;q=1.0, gzip;q=0.8' } };

describe.each(KINDS)('$kind', ({ kind, path, before }) => {
  it('drop@N delivers exactly N units, then breaks', async () => {
    const app = openApp();
    const plain = await readFault(app, path);
    expect(plain.end).toBe('clean');
    for (const count of [1, 3, 5]) {
      const cut = await readFault(app, withFault(path, `drop@${count}`));
      expect([cut.response.status, cut.end]).toEqual([200, 'broken']);
      expect(cut.bytes.equals(Buffer.concat(plain.chunks.slice(0, before + count)))).toBe(true);
    }
    expect(await activeStreams(app)).toBe(0);
  });

  it('drop@0 delivers nothing, and drop@N behind the end changes nothing', async () => {
    const app = openApp();
    const nothing = await readFault(app, withFault(path, 'drop@0'));
    expect([nothing.end, nothing.bytes.length]).toEqual(['broken', 0]);
    const plain = await readFault(app, path);
    const whole = await readFault(app, withFault(path, 'drop@1000'));
    expect([whole.end, whole.bytes.equals(plain.bytes)]).toEqual(['clean', true]);
  });

  it('truncate@BYTES delivers exactly that many, and ends as one believes it', async () => {
    const app = openApp();
    const plain = await readFault(app, path);
    for (const limit of [0, 1, 77, 100]) {
      const { end, bytes } = await readFault(app, withFault(path, `truncate@${limit}`));
      expect(end).toBe(kind === 'bytes' ? 'broken' : 'clean');
      expect(bytes.equals(plain.bytes.subarray(0, limit))).toBe(true);
    }
    for (const limit of [plain.bytes.length, plain.bytes.length + 1]) {
      const { end, bytes } = await readFault(app, withFault(path, `truncate@${limit}`));
      expect([end, bytes.equals(plain.bytes)]).toEqual(['clean', true]);
    }
    expect(await activeStreams(app)).toBe(0);
  });

  it('garble@N changes unit N and no other', async () => {
    const app = openApp();
    const plain = await readFault(app, path);
    const { chunks, end } = await readFault(app, withFault(path, 'garble@2,garble@4'));
    expect(end).toBe('clean');
    expect(chunks.length).toBe(plain.chunks.length);
    const changed = chunks.flatMap((chunk, index) =>
      plain.chunks[index]?.equals(chunk) ? [] : [index - before + 1],
    );
    expect(changed).toEqual([2, 4]);
    if (kind === 'bytes')
      expect(chunks.map(({ length }) => length)).toEqual(plain.chunks.map((c) => c.length));
    else expect(chunks[before + 1]?.toString()).toContain('\uFFFD');
  });

  it.each(['one-behind', 'first-kb', 'buffer', 'stall@2:0'])('%s changes no byte', async (fault) => {
    const app = openApp();
    const plain = await readFault(app, path);
    const { bytes, end, response } = await readFault(app, withFault(path, fault));
    expect([end, bytes.equals(plain.bytes)]).toEqual(['clean', true]);
    expect(response.headers.get('content-length')).toBe(plain.response.headers.get('content-length'));
  });

  it('gzip compresses for who accepts it', async () => {
    const app = openApp();
    const plain = await readFault(app, path);
    const { bytes, response } = await readFault(app, withFault(path, 'gzip'), gzipAccepted);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    expect(gunzipSync(bytes).equals(plain.bytes)).toBe(true);
    for (const refused of ['', 'br', 'gzip;q=0']) {
      const as = await readFault(app, withFault(path, 'gzip'), { headers: { 'Accept-Encoding': refused } });
      expect(as.response.headers.get('content-encoding')).toBeNull();
      expect(as.bytes.equals(plain.bytes)).toBe(true);
    }
  });

  it('what holds back passes on all that was made before a break', async () => {
    const app = openApp();
    const cut = await readFault(app, withFault(path, 'drop@3'));
    for (const holder of ['one-behind', 'first-kb', 'buffer', 'one-behind,first-kb,buffer']) {
      const { bytes, end } = await readFault(app, withFault(path, `${holder},drop@3`));
      expect([holder, end, bytes.equals(cut.bytes)]).toEqual([holder, 'broken', true]);
    }
    const zipped = await readFault(app, withFault(path, 'drop@3,gzip'), gzipAccepted);
    expect(zipped.end).toBe('broken');
    expect(() => gunzipSync(zipped.bytes)).toThrow('unexpected end');
    expect(gunzipSync(zipped.bytes, { finishFlush: constants.Z_SYNC_FLUSH }).equals(cut.bytes)).toBe(true);
  });

  it.each([
    'garble@2',
    'drop@3',
    'truncate@150',
    'one-behind,garble@1',
    'first-kb',
    'buffer,drop@4',
    'gzip',
    'gzip,truncate@60',
    'gzip,drop@2,garble@1',
    'stall@1:0,garble@2,drop@3,one-behind,first-kb,buffer,gzip,truncate@1000,idle:60000,age:60000',
  ])('%s is the same each time, in whatever order it is written', async (fault) => {
    const app = openApp();
    const first = await readFault(app, withFault(path, fault), gzipAccepted);
    const again = await readFault(app, withFault(path, fault), gzipAccepted);
    const backwards = fault.split(',').reverse().join(',');
    const other = await readFault(openApp(), withFault(path, backwards), gzipAccepted);
    for (const { bytes, end } of [again, other]) {
      expect([end, bytes.equals(first.bytes)]).toEqual([first.end, true]);
    }
  });
});

describe('garble', () => {
  it('breaks the JSON of one event, and keeps its framing, type and ID', async () => {
    const { text } = await readFault(openApp(), '/stream/stock-ticker?rate=1000&fault=garble@3,drop@5');
    const events: { id?: string | undefined; data: string }[] = [];
    createParser({ onEvent: (event) => events.push(event) }).feed(text);
    const ids = events.map(({ id }) => Number(id?.split('-')[1]));
    expect(ids).toEqual([0, 1, 2, 3, 4].map((index) => (ids[0] ?? 0) + index));
    for (const [index, { data }] of events.entries()) {
      if (index === 2) expect(() => JSON.parse(data)).toThrow();
      else expect(JSON.parse(data)).toHaveProperty('stock');
    }
  });

  it('breaks one line of NDJSON', async () => {
    const { text } = await readFault(openApp(), '/stream/json?count=4&delay=0&fault=garble@2');
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBe(4);
    const good = lines.filter((line) => {
      try {
        return JSON.parse(line) !== null;
      } catch (error) {
        return !(error instanceof SyntaxError);
      }
    });
    expect(good.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual([1, 3, 4]);
  });

  it('leaves one CSV record with too few fields, and takes no other with it', async () => {
    const app = openApp();
    const records = (text: string) => Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
    const plain = records((await readFault(app, '/export?rows=400')).text);
    const broken = records((await readFault(app, '/export?rows=400&fault=garble@3')).text);
    // Chunk 1 is the header, chunk 2 the first 250 rows: chunk 3 begins with row 251.
    expect(broken.length).toBe(plain.length);
    expect(broken[251]?.length).toBeLessThan(plain[251]?.length ?? 0);
    expect(broken.filter((_, index) => index !== 251)).toEqual(plain.filter((_, index) => index !== 251));
  });

  it('puts text in the place of one element of a JSON array', async () => {
    const path = '/stream/database-results?rows=400';
    const app = openApp();
    const plain = JSON.parse((await readFault(app, path)).text) as object[];
    const broken = JSON.parse((await readFault(app, `${path}&fault=garble@1,garble@2`)).text) as unknown[];
    expect(
      broken.map((element, index) => (typeof element === 'string' ? index : null)).filter(Number.isInteger),
    ).toEqual([0, 250]);
    expect(broken.slice(1, 250)).toEqual(plain.slice(1, 250));
    expect(broken.slice(251)).toEqual(plain.slice(251));
  });

  it('makes a JSON document broken, and a picture one of the same length', async () => {
    const app = openApp();
    const { text } = await readFault(app, '/demo/comparison/buffered?rows=3&delay=0&fault=garble@1');
    expect(() => JSON.parse(text)).toThrow();
    const { bytes, response } = await readFault(app, '/download/image/1?rate=0&fault=garble@1');
    expect(String(bytes.length)).toBe(response.headers.get('content-length'));
  });

  it('garbles what is bare text as well', async () => {
    const { text } = await readFault(openApp(), '/progress?format=text&delay=0&fault=garble@1,garble@7');
    expect(text).toContain('data: Progre\uFFFD\n\n');
    expect(text).toContain('event: complete\ndata: Do\uFFFD\n\n');
  });
});

describe('drop', () => {
  it('cuts a block of many events between two of them', async () => {
    const { text } = await readFault(openApp(), '/stream/live-logs?rate=100000&fault=drop@137');
    expect(text.match(/^data: /gm)?.length).toBe(137);
    expect(text.endsWith('\n\n')).toBe(true);
  });

  it('counts no bracket of a JSON array', async () => {
    const { text, end } = await readFault(
      openApp(),
      '/stream/database-results?rows=5&rate=1000&fault=drop@1',
    );
    expect(end).toBe('broken');
    expect(text).toMatch(/^\[\n\{/);
  });
});

describe('buffer', () => {
  it('holds 64 MiB at most: passes them on and breaks', async () => {
    const app = openApp();
    const response = await app.request('/stream/large-data?size=100000000&fault=buffer');
    let received = 0;
    const reading = (async () => {
      for await (const chunk of response.body ?? []) received += chunk.length;
    })();
    await expect(reading).rejects.toThrow('Cut on purpose');
    expect(received).toBe(FAULT_BUFFER_BYTES);
    expect(await activeStreams(app)).toBe(0);
  });
});
