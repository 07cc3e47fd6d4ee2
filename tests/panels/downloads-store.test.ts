import { describe, expect, it } from 'vitest';
import {
  applyDownload,
  initialDownload,
  MAX_KEPT_BYTES,
  meanBytesPerSecond,
  timeLeftMs,
} from '../../src/panels/downloads/downloads-store.ts';
import { chunkOf, requestAt, responseAt } from '../fixtures/stream-events.ts';

const bytes = (atMs: number, length: number) => chunkOf(atMs, [new Uint8Array(length)], length);

describe('applyDownload', () => {
  it('counts bytes against the length that the answer says', () => {
    const state = applyDownload(initialDownload, [
      requestAt(0),
      responseAt(1, 300),
      bytes(10, 100),
      bytes(20, 50),
    ]);
    expect(state).toMatchObject({ receivedBytes: 150, totalBytes: 300 });
  });

  it('knows no total where the answer says none, and then no time left', () => {
    const state = applyDownload(initialDownload, [requestAt(0), responseAt(1, null), bytes(10, 100)]);
    expect(state.totalBytes).toBeNull();
    expect(timeLeftMs(state)).toBeNull();
  });

  it('estimates the time left from the speed of now', () => {
    const state = applyDownload(initialDownload, [
      requestAt(0),
      responseAt(1, 3_000),
      bytes(500, 500),
      bytes(1_000, 500),
    ]);
    const speed = state.connection.wire.bytesPerSecond ?? 0;
    expect(speed).toBeGreaterThan(0);
    expect(timeLeftMs(state)).toBeCloseTo((2_000 / speed) * 1_000);
  });

  it('keeps the bytes of a small file, in order', () => {
    const first = applyDownload(initialDownload, [requestAt(0), bytes(1, 3)]);
    const second = applyDownload(first, [bytes(2, 2)]);
    expect(second.parts.map((part) => part.byteLength)).toEqual([3, 2]);
    expect(second.kept).toBe('all');
  });

  it('lets go of a file that grows too large, and of one that says so at once', () => {
    const grown = applyDownload(initialDownload, [requestAt(0), bytes(1, 10), bytes(2, MAX_KEPT_BYTES)]);
    expect(grown).toMatchObject({ parts: [], kept: 'too-large', receivedBytes: MAX_KEPT_BYTES + 10 });
    const announced = applyDownload(initialDownload, [
      requestAt(0),
      responseAt(1, MAX_KEPT_BYTES + 1),
      bytes(2, 10),
    ]);
    expect(announced).toMatchObject({ parts: [], kept: 'too-large', receivedBytes: 10 });
  });

  it('measures the mean speed from the request to the last byte', () => {
    expect(meanBytesPerSecond(applyDownload(initialDownload, [requestAt(1_000), bytes(3_000, 400)]))).toBe(
      200,
    );
  });
});
