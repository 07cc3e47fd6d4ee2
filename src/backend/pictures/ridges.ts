import { clouds, crests, noise } from './noise.ts';
import { add, type Colour, gradient, mix, type Painting, rgb, scale, smoothstep } from './painting.ts';
import { stars } from './stars.ts';
import { woodHeight } from './trees.ts';

const SUN = { x: 1.08, y: 0.53 };

const SKY = [
  [0, rgb(0x0d1638)],
  [0.18, rgb(0x232a5e)],
  [0.32, rgb(0x54427e)],
  [0.42, rgb(0xa5587f)],
  [0.5, rgb(0xe98a6a)],
  [0.56, rgb(0xffc489)],
  [0.7, rgb(0xffd9a6)],
] as const;

const FAR: Colour = rgb(0xc98a8f);
const NEAR: Colour = rgb(0x0b1026);
const MIDDLE: Colour = rgb(0x4a3f70);
const VALLEY_LIGHT: Colour = rgb(0xf2a981);

interface Ridge {
  /** 0 far, 1 near. */
  readonly depth: number;
  readonly base: number;
  readonly height: number;
  readonly frequency: number;
  readonly seed: number;
}

const RIDGE_COUNT = 7;
const RIDGES: readonly Ridge[] = Array.from({ length: RIDGE_COUNT }, (_, index) => {
  const depth = index / (RIDGE_COUNT - 1);
  return {
    depth,
    base: 0.585 + 0.37 * depth ** 1.15,
    height: 0.2 - 0.06 * depth,
    frequency: 2.3 - 0.9 * depth,
    seed: 300 + index * 37,
  };
});

/** Where a ridge's outline runs at `x`. */
function outline({ base, height, frequency, depth, seed }: Ridge, x: number): number {
  const mountain =
    0.75 * crests(x * frequency, seed * 0.71, seed, 7) + 0.25 * noise(x * frequency * 0.4, 3, seed + 9);
  const ground = base - height * (mountain - 0.32);
  if (depth < 0.6) return ground;
  const tallest = 0.014 + 0.062 * ((depth - 0.6) / 0.4) ** 2;
  return ground - tallest * woodHeight(x, 3.2 / tallest, seed + 5);
}

function sky(x: number, y: number): Colour {
  const distance = Math.hypot((x - SUN.x) * 0.8, (y - SUN.y) * 1.5);
  const glow = scale(rgb(0xffb070), 0.75 * Math.exp(-distance * 5.5) + 0.9 * Math.exp(-distance * 26));
  const night = smoothstep(0.42, 0.02, y);
  const starlight = scale(stars(x, y, 7), night * 1.4);
  const streaks = smoothstep(
    0.52,
    0.78,
    clouds(x * 1.6 + 4, y * 13 + 0.5 * clouds(x * 3, y * 3, 51, 3), 50, 6),
  );
  const lit = mix(rgb(0x7c4a78), rgb(0xffa06c), smoothstep(0.25, 0.5, y));
  const cover = streaks * 0.6 * smoothstep(0.12, 0.36, y);
  return add(mix(add(gradient(SKY, y), starlight), lit, cover), glow);
}

/** A ridge's own colour below its outline: rock far off, wood near by, and mist that gathers towards its foot. */
function ground(ridge: Ridge, x: number, y: number, top: number): Colour {
  const { depth, seed } = ridge;
  const own = depth < 0.5 ? mix(FAR, MIDDLE, depth * 2) : mix(MIDDLE, NEAR, (depth - 0.5) * 2);
  const below = y - top;
  const texture = 0.86 + 0.28 * crests(x * 9 + below * 5, y * 16 - x * 3, seed + 3, 5);
  const sunward = Math.exp(-Math.abs(x - SUN.x) * 1.9);
  const rim = Math.exp(-below * 190) * 0.55 * sunward * (1 - depth) ** 0.5;
  const drift = 0.55 + 0.9 * clouds(x * 2.2 + seed, y * 7, seed + 4, 5);
  const mist = smoothstep(0.005, 0.16, below) * (1 - depth) ** 0.9 * 0.8 * drift;
  const haze = mix(rgb(0xa9789a), VALLEY_LIGHT, 0.25 + 0.75 * sunward);
  return mix(add(scale(own, texture), scale(VALLEY_LIGHT, rim)), haze, Math.min(0.94, mist));
}

/** Mountain ridges at dusk, each one hazier the farther it is, the first stars above. */
export const ridges: Painting = (x, y) => {
  for (let index = RIDGES.length - 1; index >= 0; index -= 1) {
    const ridge = RIDGES[index] as Ridge;
    const top = outline(ridge, x);
    if (y > top) return ground(ridge, x, y, top);
  }
  return sky(x, y);
};
