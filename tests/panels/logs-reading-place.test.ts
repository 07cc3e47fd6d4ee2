import { describe, expect, it } from 'vitest';
import { LogBook } from '../../src/panels/logs/log-book.ts';
import { type LogFilter, SHOW_ALL, textSearch } from '../../src/panels/logs/log-filter.ts';
import { LogMatches } from '../../src/panels/logs/log-matches.ts';
import { drawnRows, placeAt, topOf } from '../../src/panels/logs/reading-place.ts';
import { layOut, ROW_HEIGHT } from '../../src/panels/logs/row-layout.ts';

const CAPACITY = 100;

function add(book: LogBook, count: number): void {
  for (let row = 0; row < count; row += 1) {
    const message = book.rows.end % 10 === 5 ? 'found' : 'line';
    const line = { timeMs: null, level: null, service: null, message, fields: null };
    book.append({ type: 'line', line, arrivedAtMs: 0 });
  }
}

function shown(book: LogBook, filter: LogFilter = SHOW_ALL): LogMatches {
  const matches = new LogMatches(filter, null);
  matches.catchUp(book.rows, book.rows.end);
  return matches;
}

/** A full book of which the view begins in the middle of row 40, and what draws it. */
function reading() {
  const book = new LogBook(CAPACITY);
  add(book, CAPACITY);
  const matches = shown(book);
  const layout = layOut(matches.count, []);
  return { book, matches, drawn: drawnRows(matches, layout), top: 40 * ROW_HEIGHT + 8 };
}

describe('where somebody reads', () => {
  it('is a row, and how far the view is in it', () => {
    const { drawn, top, matches } = reading();
    const place = placeAt(top, drawn);
    expect(place).toEqual({ position: 40, offset: 8 });
    expect(topOf(place, matches, drawn.layout)).toBe(top);
  });

  it('stays while rows above it go, whatever their height', () => {
    const { book, matches, drawn, top } = reading();
    const place = placeAt(top, drawn);
    add(book, 10);
    matches.catchUp(book.rows, book.rows.end);
    // Row 5, ten lines high when it was unfolded, is gone; row 20 is unfolded still.
    const layout = layOut(matches.count, [{ index: 10, height: 10 * ROW_HEIGHT }]);
    expect(topOf(place, matches, layout)).toBe((30 + 9) * ROW_HEIGHT + 8);
  });

  it('is the row that was drawn there, where rows have gone since', () => {
    const { book, matches, drawn, top } = reading();
    add(book, 10);
    matches.catchUp(book.rows, book.rows.end);
    expect(placeAt(top, drawn)).toEqual({ position: 40, offset: 8 });
    add(book, 50);
    matches.catchUp(book.rows, book.rows.end);
    expect(placeAt(top, drawn)).toEqual({ position: 60, offset: 0 });
  });

  it('is at the top of the list once its row is gone', () => {
    const { book, matches, drawn, top } = reading();
    const place = placeAt(top, drawn);
    add(book, 60);
    matches.catchUp(book.rows, book.rows.end);
    expect(topOf(place, matches, drawn.layout)).toBe(0);
  });

  it('stays when another filter shows other rows, and goes on with the next one where its row is hidden', () => {
    const { book, drawn, top } = reading();
    const place = placeAt(top, drawn);
    const found = shown(book, { ...SHOW_ALL, search: textSearch('found') });
    expect(topOf(place, found, layOut(found.count, []))).toBe(4 * ROW_HEIGHT);
    const none = shown(book, { ...SHOW_ALL, search: textSearch('nowhere') });
    expect(topOf(place, none, layOut(0, []))).toBe(0);
    const all = shown(book);
    expect(topOf(place, all, layOut(all.count, []))).toBe(top);
  });

  it('is in its row still where that has become less high', () => {
    const { matches } = reading();
    const tall = layOut(matches.count, [{ index: 40, height: 200 }]);
    const place = placeAt(40 * ROW_HEIGHT + 150, drawnRows(matches, tall));
    expect(topOf(place, matches, layOut(matches.count, []))).toBe(41 * ROW_HEIGHT - 1);
  });
});
