import { hash } from './noise.ts';
import { add, type Colour, scale } from './painting.ts';

const WARM: Colour = [1, 0.82, 0.62];
const COOL: Colour = [0.72, 0.84, 1];
const NONE: Colour = [0, 0, 0];

/** Two sizes of star: many small ones, a few that glow. */
const LAYERS = [
  { cells: 110, share: 0.17, radius: 0.00085, brightness: 0.9, glow: 0 },
  { cells: 22, share: 0.13, radius: 0.0014, brightness: 2.2, glow: 0.05 },
] as const;

/** The light of the stars at a point: at most one star a cell of each layer's grid. */
export function stars(x: number, y: number, seed: number): Colour {
  return LAYERS.reduce<Colour>(
    (light, layer, index) => add(light, starLayer(x, y, seed + index, layer)),
    NONE,
  );
}

function starLayer(x: number, y: number, seed: number, layer: (typeof LAYERS)[number]): Colour {
  const column = Math.floor(x * layer.cells);
  const row = Math.floor(y * layer.cells);
  if (hash(column, row, seed) > layer.share) return NONE;
  // Kept off the cell's edge, so that a glow isn't cut.
  const starX = (column + 0.12 + 0.76 * hash(column, row, seed + 11)) / layer.cells;
  const starY = (row + 0.12 + 0.76 * hash(column, row, seed + 12)) / layer.cells;
  const distance = Math.hypot(x - starX, y - starY) / layer.radius;
  const magnitude = hash(column, row, seed + 13) ** 3;
  const light = Math.exp(-distance * distance) + layer.glow * Math.exp(-distance * 0.55);
  const tint = hash(column, row, seed + 14) > 0.6 ? WARM : COOL;
  return scale(tint, light * layer.brightness * (0.12 + magnitude));
}
