import { hash } from './noise.ts';

/** A colour in linear light, 1 being white; more is brighter than white until it is tone-mapped. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What a picture is: the colour at a point, `x` from 0 to `width / height`, `y` from 0 (top) to 1. */
export type Painting = (x: number, y: number) => Colour;

export const mix = (from: Colour, to: Colour, amount: number): Colour => [
  from[0] + (to[0] - from[0]) * amount,
  from[1] + (to[1] - from[1]) * amount,
  from[2] + (to[2] - from[2]) * amount,
];

export const scale = (colour: Colour, factor: number): Colour => [
  colour[0] * factor,
  colour[1] * factor,
  colour[2] * factor,
];

export const add = (one: Colour, other: Colour): Colour => [
  one[0] + other[0],
  one[1] + other[1],
  one[2] + other[2],
];

export const clamp = (value: number, low = 0, high = 1) => Math.min(high, Math.max(low, value));

/** 0 below `low`, 1 above `high`, an S between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}

/** The colour at `position` of stops in ascending order. */
export function gradient(
  stops: readonly (readonly [at: number, colour: Colour])[],
  position: number,
): Colour {
  let previous = stops[0];
  for (const stop of stops) {
    if (previous !== undefined && position <= stop[0]) {
      const span = stop[0] - previous[0];
      return span > 0 ? mix(previous[1], stop[1], clamp((position - previous[0]) / span)) : stop[1];
    }
    previous = stop;
  }
  return previous?.[1] ?? [0, 0, 0];
}

/** A colour as designers write it, `0xrrggbb`, in linear light. */
export function rgb(hex: number): Colour {
  const linear = (shift: number) => (((hex >> shift) & 255) / 255) ** 2.2;
  return [linear(16), linear(8), linear(0)];
}

/** Half a step of 8 bits, as film has it: without it a night sky shows its steps. */
const GRAIN = 0.9;

/** Samples a side of each pixel, averaged: smooth edges without a filter. */
const SAMPLES = 3;

/** The painting as 8-bit sRGB, rows of red, green, blue. */
export function develop(painting: Painting, width: number, height: number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      pixels.set(developPixel(painting, column, row, height), (row * width + column) * 3);
    }
  }
  return pixels;
}

function developPixel(painting: Painting, column: number, row: number, height: number): number[] {
  let sum: Colour = [0, 0, 0];
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = column + ((sample % SAMPLES) + 0.5) / SAMPLES;
    const y = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
    sum = add(sum, painting(x / height, y / height));
  }
  const grain = (hash(column, row, 1) + hash(column, row, 2) - 1) * GRAIN;
  return sum.map((value) => 255 * clamp(rollOff(value / SAMPLES ** 2)) ** (1 / 2.2) + grain);
}

/** Leaves darks and middles as they are and bends lights towards white instead of cutting them off. */
function rollOff(value: number): number {
  const knee = 0.7;
  return value < knee ? value : knee + (1 - knee) * (1 - Math.exp((knee - value) / (1 - knee)));
}
