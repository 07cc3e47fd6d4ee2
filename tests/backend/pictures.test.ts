import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/backend/app.ts';
import { PICTURES } from '../../src/contract/downloads.ts';
import { PROBLEM_MEDIA_TYPE } from '../../src/contract/problem.ts';
import { HeldClock } from '../fixtures/held-clock.ts';
import { somebodyWaits } from './drive-clock.ts';

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const PROGRESSIVE_FRAME = 0xc2;
const START_OF_SCAN = 0xda;

/** The marker codes of a JPEG in order (ITU-T T.81, annex B), entropy-coded bytes skipped. */
function markersOf(jpeg: Uint8Array): number[] {
  const markers: number[] = [];
  for (let index = 0; index + 1 < jpeg.length; index += 1) {
    const code = jpeg[index + 1] ?? 0;
    const isMarker = jpeg[index] === 0xff && code !== 0 && code !== 0xff;
    if (!isMarker) continue;
    markers.push(code);
    index += 1;
    const hasSegment = code !== START_OF_IMAGE && code !== END_OF_IMAGE;
    if (hasSegment) index += ((jpeg[index + 1] ?? 0) << 8) | (jpeg[index + 2] ?? 0);
  }
  return markers;
}

describe('a picture', () => {
  let app: App;
  const clock = new HeldClock();
  beforeEach(() => {
    app = createApp({
      dataDir: 'unused',
      logFile: null,
      apiToken: null,
      corsOrigins: [],
      version: 'test',
      clock,
    });
  });
  afterEach(() => app.close());

  it.each(PICTURES)(
    '$id, $title, is a whole progressive JPEG of several scans',
    async ({ id, width, height }) => {
      const response = await app.request(`/download/image/${id}?rate=0`);
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      const jpeg = new Uint8Array(await response.arrayBuffer());
      expect(response.headers.get('content-length')).toBe(String(jpeg.length));
      expect(jpeg.length).toBeGreaterThan(100_000);
      expect(jpeg.length).toBeLessThan(260_000);
      const markers = markersOf(jpeg);
      expect(markers.at(0)).toBe(START_OF_IMAGE);
      expect(markers.at(-1)).toBe(END_OF_IMAGE);
      expect(markers).toContain(PROGRESSIVE_FRAME);
      expect(markers.filter((code) => code === START_OF_SCAN).length).toBeGreaterThanOrEqual(5);
      const { info } = await sharp(jpeg, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width, height, channels: 3 });
    },
  );

  it('comes slowly enough to be seen building up, unless asked otherwise', async () => {
    const response = await app.request('/download/image/1');
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error('No body');
    let byteLength = 0;
    const reading = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read())
        byteLength += next.value.length;
    })();
    await somebodyWaits(clock);
    expect(byteLength).toBe(2_400);
    for (let step = 0; step < 25; step += 1) {
      clock.advance(40);
      await somebodyWaits(clock);
    }
    expect(byteLength).toBe(62_400);
    await reader.cancel();
    await reading;
  });

  it.each(['4', '0', '-1', '1000000'])('%s that there is not is answered with 404', async (id) => {
    const response = await app.request(`/download/image/${id}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe(PROBLEM_MEDIA_TYPE);
    expect(await response.json()).toMatchObject({ status: 404, detail: expect.stringContaining('1 to 3') });
  });

  it.each([
    ['/download/image/one', 'id'],
    ['/download/image/1.5', 'id'],
    ['/download/image/1?rate=-1', 'rate'],
    ['/download/image/1?rate=1000000001', 'rate'],
  ])('%s is refused', async (url, name) => {
    const response = await app.request(url);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ name }] });
  });
});
