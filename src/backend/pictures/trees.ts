import { hash } from './noise.ts';

/** How far the tops of a conifer wood rise above the ground at `x`, in units of the tallest tree. */
export function woodHeight(x: number, perUnit: number, seed: number): number {
  const cell = Math.floor(x * perUnit);
  let highest = 0;
  for (let neighbour = cell - 2; neighbour <= cell + 2; neighbour += 1) {
    highest = Math.max(highest, treeHeight(x * perUnit, neighbour, seed));
  }
  return highest;
}

/** One fir: a narrow triangle whose edge steps outwards at each whorl of branches. */
function treeHeight(position: number, index: number, seed: number): number {
  const centre = index + 0.15 + 0.7 * hash(index, 1, seed);
  const height = 0.35 + 0.65 * hash(index, 2, seed) ** 1.6;
  const halfWidth = 0.42 + 0.4 * hash(index, 3, seed);
  const offset = Math.abs(position - centre) / halfWidth;
  if (offset > 1) return 0;
  const whorls = 7;
  const stepped = (Math.floor(offset * whorls) + ((offset * whorls) % 1) * 0.35) / whorls;
  return height * (1 - stepped);
}
