/** A number from 0 to 1 that belongs to a point of the integer grid. */
export function hash(x: number, y: number, seed: number): number {
  let mixed =
    Math.imul(x | 0, 0x27d4_eb2d) ^ Math.imul(y | 0, 0x1656_67b1) ^ Math.imul(seed | 0, 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_295;
}

const ease = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);

/** Smooth value noise, 0 to 1, about one feature a unit. */
export function noise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = ease(x - left);
  const down = ease(y - top);
  const upper = hash(left, top, seed) * (1 - across) + hash(left + 1, top, seed) * across;
  const lower = hash(left, top + 1, seed) * (1 - across) + hash(left + 1, top + 1, seed) * across;
  return upper * (1 - down) + lower * down;
}

/** Octaves of noise, each twice as fine and half as strong: 0 to 1, clouds and haze. */
export function clouds(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += noise(x * 2 ** octave, y * 2 ** octave, seed + octave) * weight;
    total += weight;
    weight /= 2;
  }
  return sum / total;
}

/** Octaves folded at their middle: sharp crests, as of mountains. 0 to 1. */
export function crests(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let total = 0;
  let carried = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    const folded = (1 - Math.abs(2 * noise(x * 2.03 ** octave, y * 2.03 ** octave, seed + octave) - 1)) ** 2;
    sum += folded * weight * carried;
    total += weight;
    carried = Math.min(1, folded * 1.6);
    weight /= 2;
  }
  return sum / total;
}
