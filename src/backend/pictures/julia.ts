import { add, type Colour, clamp, mix, type Painting, rgb, scale, smoothstep } from './painting.ts';

/** The constant of z² + c: on the edge of the Mandelbrot set, where arms curl without end. */
const C = { re: -0.7885, im: 0.1405 };
const ASPECT = 1.6;
const HEIGHT_OF_PLANE = 1.72;
const TURN = 0.22;
const MOST_ITERATIONS = 700;
const ESCAPE = 1e6;

interface Escape {
  /** Iterations, with a fraction, so that bands melt into each other. */
  readonly count: number;
  /** The direction in which escape comes sooner: a surface normal for light to fall on. */
  readonly normal: { readonly x: number; readonly y: number };
  /** The nearest that the orbit came to a cross through the origin. */
  readonly trap: number;
}

function iterate(startRe: number, startIm: number): Escape | null {
  let re = startRe;
  let im = startIm;
  let slopeRe = 1;
  let slopeIm = 0;
  let trap = 9;
  for (let count = 0; count < MOST_ITERATIONS; count += 1) {
    const nextSlopeRe = 2 * (re * slopeRe - im * slopeIm);
    slopeIm = 2 * (re * slopeIm + im * slopeRe);
    slopeRe = nextSlopeRe;
    const nextRe = re * re - im * im + C.re;
    im = 2 * re * im + C.im;
    re = nextRe;
    trap = Math.min(trap, Math.abs(re * 0.8 + im * 0.6), Math.abs(im * 0.8 - re * 0.6));
    const square = re * re + im * im;
    if (square > ESCAPE) {
      const size = Math.hypot(slopeRe, slopeIm) * Math.sqrt(square);
      const normal = {
        x: (re * slopeRe + im * slopeIm) / size,
        y: (im * slopeRe - re * slopeIm) / size,
      };
      return { count: count + 1 - Math.log2(Math.log(square) / Math.log(ESCAPE)), normal, trap };
    }
  }
  return null;
}

const WHEEL: readonly Colour[] = [
  rgb(0x07122e),
  rgb(0x0d3b66),
  rgb(0x12838f),
  rgb(0x8fd6b8),
  rgb(0xfdf0c4),
  rgb(0xf5a742),
  rgb(0xc8472f),
  rgb(0x561a44),
];

/** The palette is a wheel: going on past its end comes back to its beginning. */
function wheel(turn: number): Colour {
  const position = (turn - Math.floor(turn)) * WHEEL.length;
  const index = Math.floor(position);
  const from = WHEEL[index % WHEEL.length] as Colour;
  const to = WHEEL[(index + 1) % WHEEL.length] as Colour;
  const part = position - index;
  return mix(from, to, part * part * (3 - 2 * part));
}

const LIGHT = { x: Math.cos(2.3), y: Math.sin(2.3), height: 1.25 };

/** A filled-in Julia set, lit from the upper left as if it were a relief. */
export const julia: Painting = (x, y) => {
  const across = (x - ASPECT / 2) * HEIGHT_OF_PLANE;
  const down = (y - 0.5) * HEIGHT_OF_PLANE;
  const point = iterate(
    across * Math.cos(TURN) - down * Math.sin(TURN),
    across * Math.sin(TURN) + down * Math.cos(TURN),
  );
  if (point === null) return rgb(0x050816);
  const lambert = (point.normal.x * LIGHT.x + point.normal.y * LIGHT.y + LIGHT.height) / (1 + LIGHT.height);
  // Where the set is finest, relief would only be grain.
  const relief = 1 / (1 + point.count / 160);
  const shade = 0.4 + 0.75 * (clamp(lambert) * relief + 0.62 * (1 - relief));
  const gleam = clamp(lambert) ** 22 * 0.4 * relief;
  const glint = Math.exp(-point.trap * 30) * 0.4 * smoothstep(14, 60, point.count);
  const base = wheel(Math.max(0, Math.log(point.count + 2) * 0.37 - 0.74));
  return add(scale(base, shade), scale(rgb(0xfff1d0), gleam * smoothstep(6, 30, point.count) + glint));
};
