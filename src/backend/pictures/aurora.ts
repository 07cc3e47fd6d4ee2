import { clouds, crests, noise } from './noise.ts';
import { add, type Colour, gradient, mix, type Painting, rgb, scale, smoothstep } from './painting.ts';
import { stars } from './stars.ts';
import { woodHeight } from './trees.ts';

/** Where the lake meets the far shore. */
const SHORE = 0.735;

const NIGHT = [
  [0, rgb(0x050a1c)],
  [0.45, rgb(0x0a1a36)],
  [0.74, rgb(0x1b3a52)],
] as const;

const CURTAIN_COLOURS = [
  [0, rgb(0xc8ffb0)],
  [0.12, rgb(0x4dff9a)],
  [0.35, rgb(0x18d9a0)],
  [0.6, rgb(0x3d7fe0)],
  [0.8, rgb(0xa24bd8)],
  [1, rgb(0xd43f9c)],
] as const;

interface Curtain {
  readonly base: number;
  readonly sway: number;
  readonly reach: number;
  readonly brightness: number;
  readonly seed: number;
}

const CURTAINS: readonly Curtain[] = [
  { base: 0.55, sway: 0.2, reach: 0.46, brightness: 0.95, seed: 21 },
  { base: 0.4, sway: 0.26, reach: 0.42, brightness: 0.6, seed: 57 },
  { base: 0.62, sway: 0.1, reach: 0.26, brightness: 0.45, seed: 83 },
];

/** One curtain of light: a bright lower hem that sways, rays standing on it, fading upwards. */
function curtain({ base, sway, reach, brightness, seed }: Curtain, x: number, y: number): Colour {
  // A ray leans outwards the higher it is, as parallel lines do that meet overhead.
  const foot = x + (x - 0.8) * -0.22 * (base - y);
  const fold = 0.16 * Math.sin(foot * 5.2 + seed) + 0.05 * Math.sin(foot * 13 + seed * 2);
  const hem = base + sway * (noise(foot * 1.5 + fold, 0.5, seed) - 0.5) * 2 + fold * 0.28;
  const above = (hem - y) / (reach * (0.6 + 0.8 * noise(foot * 2.6, 7.5, seed + 1)));
  const edge = smoothstep(-0.05, 0.05, above);
  if (edge === 0) return [0, 0, 0];
  const rays =
    0.35 +
    0.75 * noise(foot * 26 + fold * 20, 1.5, seed + 2) ** 1.5 +
    0.4 * noise(foot * 90, above * 0.8, seed + 3) ** 2;
  const presence = smoothstep(0.22, 0.72, clouds(foot * 1.3, 2.5, seed + 4, 3));
  const strength = edge * Math.exp(-Math.max(0, above) * 3.1) * rays * presence * brightness;
  return scale(gradient(CURTAIN_COLOURS, above), strength * 1.15);
}

function sky(x: number, y: number): Colour {
  const milky = smoothstep(0.42, 0.9, clouds(x * 3 + y * 2.4, y * 3 - x * 2, 90, 6)) * 0.07;
  const light = CURTAINS.reduce<Colour>((sum, each) => add(sum, curtain(each, x, y)), [0, 0, 0]);
  const veil = Math.min(1, (light[0] + light[1] + light[2]) * 0.6);
  const starlight = scale(stars(x, y, 3), (1 - 0.75 * veil) * smoothstep(SHORE, 0.45, y));
  const airglow = scale(rgb(0x2f8f78), 0.3 * Math.exp(-(SHORE - y) * 9));
  return add(add(add(gradient(NIGHT, y), scale(rgb(0x9fb6e8), milky)), airglow), add(light, starlight));
}

const shoreline = (x: number) =>
  SHORE - 0.012 - 0.034 * woodHeight(x, 120, 9) * smoothstep(0.25, 0.7, clouds(x * 3, 4, 70, 3)) ** 0.5;

const mountains = (x: number) =>
  SHORE - 0.02 - 0.17 * Math.max(0, crests(x * 1.25 + 0.35, 2.2, 40, 7) - 0.22);

/** What stands above the water: sky, snowy mountains that take the aurora's tint, a dark wood along the shore. */
function land(x: number, y: number): Colour {
  if (y > shoreline(x)) return rgb(0x020509);
  const top = mountains(x);
  if (y < top) return sky(x, y);
  const snow = crests(x * 14, y * 24, 44, 5) * smoothstep(0.12, 0, y - top);
  return mix(rgb(0x07131f), rgb(0x3b7f86), 0.12 + 0.5 * snow);
}

/** The same mirrored in the lake: drawn out downwards, broken by ripples that widen towards the viewer. */
function lake(x: number, y: number): Colour {
  const depth = y - SHORE;
  const size = 0.0015 + depth * 0.075;
  const ripple = clouds((x * 5) / (0.25 + depth * 3), Math.log(0.012 + depth) * 26, 95, 4) - 0.5;
  const fine = noise((x * 30) / (0.2 + depth * 3), Math.log(0.01 + depth) * 75, 99) - 0.5;
  const mirroredY = SHORE - depth * 1.55 + (ripple * 2.2 + fine) * size * 1.6;
  const mirrored = land(x + ripple * size * 0.6, Math.min(SHORE - 0.001, mirroredY));
  const water: Colour = rgb(0x061522);
  return mix(scale(mirrored, 0.74), water, 0.12 + 0.5 * smoothstep(0.02, 0.3, depth));
}

/** Stones of the near shore, black against the water. */
const nearShore = (x: number) => 1.005 - 0.075 * crests(x * 2.1, 9.5, 66, 6) * smoothstep(0.95, 0, x) ** 0.6;

/** An aurora over mountains, and again in the lake before them. */
export const aurora: Painting = (x, y) => {
  if (y > nearShore(x)) return rgb(0x010305);
  return y < SHORE ? land(x, y) : lake(x, y);
};
