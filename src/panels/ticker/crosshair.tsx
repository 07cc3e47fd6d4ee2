import type { KeyboardEvent } from 'react';
import type { Candle } from './candles.ts';
import classes from './price-chart.module.css';
import type { ReadingWords } from './price-reading.tsx';

interface CrosshairProps {
  readonly symbol: string;
  readonly candles: readonly Candle[];
  /** The candle that it is held at; undefined while it is the pointer's. */
  readonly held: Candle | undefined;
  readonly words: ReadingWords | undefined;
  readonly onHold: (atMs: number | null) => void;
}

/** The place that a key moves the crosshair to, from where it is (-1: nowhere); null for a key that moves nothing. */
function placeAfter(key: string, from: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return from === -1 ? last : Math.max(0, from - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return from === -1 ? last : Math.min(last, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The crosshair by keyboard: the pointer has the chart below it. */
export function Crosshair({ symbol, candles, held, words, onHold }: CrosshairProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && held !== undefined) {
      // The first leaves the crosshair, and the next one the full view.
      event.preventDefault();
      onHold(null);
      return;
    }
    const place = placeAfter(event.key, held === undefined ? -1 : candles.indexOf(held), candles.length - 1);
    const candle = candles[place ?? -1];
    if (candle === undefined) return;
    event.preventDefault();
    onHold(candle.atMs);
  };
  // Seconds, of the page's clock. While nothing is pointed at they stay, though the chart moves on: what changes is read out.
  const secondOf = (candle: Candle | undefined) => (held && candle ? Math.floor(candle.atMs / 1_000) : 0);
  return (
    <div
      className={classes.crosshair}
      role="slider"
      tabIndex={0}
      aria-label={`Crosshair on the price of ${symbol}`}
      aria-valuemin={secondOf(candles[0])}
      aria-valuemax={secondOf(candles.at(-1))}
      aria-valuenow={secondOf(held)}
      aria-valuetext={words?.map((pair) => pair.join(' ')).join(', ') ?? 'nowhere'}
      onKeyDown={onKeyDown}
      onBlur={() => onHold(null)}
    />
  );
}
