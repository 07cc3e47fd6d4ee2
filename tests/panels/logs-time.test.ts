import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatClock, localFieldText, rangeWords } from '../../src/panels/logs/log-time.ts';

const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime();
const noon = at(2026, 0, 5, 12);
const OPEN = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

afterEach(() => vi.unstubAllEnvs());

describe('the words of a time range', () => {
  it.each([
    ['from 11:59:58.0', { ...OPEN, fromMs: at(2026, 0, 5, 11, 59, 58) }],
    ['until 2026-01-04 23:00:00.0', { ...OPEN, toMs: at(2026, 0, 4, 23) }],
    ['11:00:00.0 – 11:30:00.0', { fromMs: at(2026, 0, 5, 11), toMs: at(2026, 0, 5, 11, 30) }],
    ['2026-01-04 11:00:00.0 – 11:30:00.0', { fromMs: at(2026, 0, 4, 11), toMs: at(2026, 0, 4, 11, 30) }],
    [
      '2026-01-04 23:00:00.0 – 2026-01-05 00:30:00.0',
      { fromMs: at(2026, 0, 4, 23), toMs: at(2026, 0, 5, 0, 30) },
    ],
  ])('are %j', (words, range) => {
    expect(rangeWords(range, noon)).toBe(words);
  });
});

describe('a field of local date and time', () => {
  it.each([
    ['2026-01-05T12:00', noon],
    ['2026-01-05T12:00:07', noon + 7_000],
    ['12026-01-01T00:00', at(12_026, 0, 1)],
    ['', Number.NEGATIVE_INFINITY],
    ['', Number.NaN],
  ])('shows %j', (text, epochMs) => {
    expect(localFieldText(epochMs)).toBe(text);
  });

  it('shows again what is typed into it, a year digit by digit', () => {
    // Its offset was no whole number of minutes before 1893.
    vi.stubEnv('TZ', 'Europe/Berlin');
    for (const year of ['0002', '0020', '0202', '2026']) {
      const typed = `${year}-01-05T12:00`;
      expect(localFieldText(new Date(typed).getTime())).toBe(typed);
    }
  });
});

describe('the clock of a line', () => {
  it('is the number where no date can be so far away', () => {
    expect(formatClock(1e24)).toBe('1e+24');
  });
});
