/** 32 well mixed bits of three words (the finaliser of MurmurHash3, once a word). */
export function hash32(a: number, b: number, c = 0): number {
  let bits = mix(a ^ 0x9e3779b9);
  bits = mix(bits ^ b);
  return mix(bits ^ c) >>> 0;
}

function mix(word: number): number {
  let bits = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** FNV-1a, 32 bits. */
export function hashText(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  }
  return bits >>> 0;
}

/** From 0 up to 1, the same series for the same seed. */
export function seededRandom(seed: number): () => number {
  let count = 0;
  return () => {
    count += 1;
    return hash32(seed, count) / 2 ** 32;
  };
}

/** The mean of four bytes is close to a normal distribution; 147.8 is the standard deviation of their sum. */
function normal(bits: number): number {
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
  return (sum - 510) / 147.8;
}

const DAY_MS = 86_400_000;
const FINEST_MS = 250;
const OCTAVES = 12;
/** Makes the standard deviation of a day's move about 1 (measured). */
const SCALE = 0.65;

/**
 * A path that looks like a random walk and can be asked for at any time, in any order, with the same answer: lattice
 * noise over time scales from a quarter of a second to twelve days, each with the weight that makes a move grow with
 * the square root of the time it takes. Beyond the longest scale the path returns to zero, so it never wanders off.
 */
export class RandomPath {
  readonly #seed: number;
  readonly #cells = new Float64Array(OCTAVES).fill(Number.NaN);
  readonly #from = new Float64Array(OCTAVES);
  readonly #to = new Float64Array(OCTAVES);

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Standard deviations of a day's move away from the middle. */
  at(atMs: number): number {
    let value = 0;
    let scaleMs = FINEST_MS;
    for (let octave = 0; octave < OCTAVES; octave += 1) {
      const position = atMs / scaleMs;
      const cell = Math.floor(position);
      if (cell !== this.#cells[octave]) this.#enter(octave, cell);
      const from = this.#from[octave] ?? 0;
      const to = this.#to[octave] ?? 0;
      value += (from + (to - from) * (position - cell)) * Math.sqrt(scaleMs / DAY_MS);
      scaleMs *= 4;
    }
    return value * SCALE;
  }

  /** The two lattice points of a cell are kept: at high rates thousands of questions fall into one. */
  #enter(octave: number, cell: number): void {
    this.#cells[octave] = cell;
    this.#from[octave] = this.#point(octave, cell);
    this.#to[octave] = this.#point(octave, cell + 1);
  }

  #point(octave: number, cell: number): number {
    return normal(hash32(this.#seed + octave, cell % 2 ** 32, Math.floor(cell / 2 ** 32)));
  }
}
