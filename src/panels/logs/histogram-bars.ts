import type { HistogramBin } from './log-histogram.ts';
import { LEVEL_KEYS, type LevelKey } from './log-levels.ts';

/** Levels that share a colour, from the bottom of a bar to its top: what went wrong stands on the ground line. */
const tones = {
  bad: ['error', 'fatal'],
  warn: ['warn'],
  info: ['info'],
  rest: ['debug', 'trace', 'other'],
} as const satisfies Record<string, readonly LevelKey[]>;

export type BarTone = keyof typeof tones;
export const BAR_TONES = Object.keys(tones) as BarTone[];

const placesOf = (tone: BarTone): readonly number[] => tones[tone].map((level) => LEVEL_KEYS.indexOf(level));
const places: Readonly<Record<BarTone, readonly number[]>> = {
  bad: placesOf('bad'),
  warn: placesOf('warn'),
  info: placesOf('info'),
  rest: placesOf('rest'),
};

/** The bars as one SVG path a tone, so that a redraw changes four attributes and not some hundred elements. */
export function barPaths(
  bins: readonly HistogramBin[],
  size: { readonly width: number; readonly height: number },
): Readonly<Record<BarTone, string>> {
  const most = Math.max(1, ...bins.map(({ counts }) => sum(counts)));
  const step = size.width / Math.max(1, bins.length);
  const barWidth = Math.max(0.5, step - (step > 3 ? 1 : 0));
  const paths: Record<BarTone, string> = { bad: '', warn: '', info: '', rest: '' };
  for (const [index, { counts }] of bins.entries()) {
    let floor = size.height;
    for (const tone of BAR_TONES) {
      const count = sum(places[tone].map((place) => counts[place] ?? 0));
      if (count === 0) continue;
      // One line among thousands is still seen.
      const height = Math.max(1, (count / most) * size.height);
      paths[tone] +=
        `M${(index * step).toFixed(2)} ${floor.toFixed(2)}h${barWidth.toFixed(2)}v${(-height).toFixed(2)}h${(-barWidth).toFixed(2)}z`;
      floor -= height;
    }
  }
  return paths;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
