/** What a measurement must come to. */
export type Demand = { readonly atLeast: number } | { readonly atMost: number };

/** One line of a result: how fast, big or slow one contestant was, or (unit `×`) how many times another. */
export interface Measurement {
  readonly subject: string;
  readonly value: number;
  readonly unit: string;
  /** Least and most of the rounds that `value` is the median of. */
  readonly range?: readonly [least: number, most: number];
  /** Left out where the line is there to be looked at. */
  readonly demand?: Demand;
}

export interface BenchOptions {
  /** Small sizes: shows that a bench works, proves nothing. */
  readonly quick: boolean;
  /** Something that this run brought up and that its numbers must be read with. */
  readonly note: (text: string) => void;
}

/** A question, and what answers it with numbers taken in one run. To add one, list it in `benches.ts`. */
export interface Bench {
  /** Kebab-case: what `--only=` takes. */
  readonly name: string;
  readonly question: string;
  /** What its numbers can't show, in sentences. */
  readonly blindSpots?: readonly string[];
  run(options: BenchOptions): Promise<readonly Measurement[]>;
}

export function meets(value: number, demand: Demand): boolean {
  return 'atLeast' in demand ? value >= demand.atLeast : value <= demand.atMost;
}

/**
 * Lets every contestant take its turn, round by round, so that what else the machine does meets all of them.
 *
 * @returns what each gave, one value a round.
 */
export async function alternate<R>(
  contestants: readonly (() => R | Promise<R>)[],
  rounds: number,
): Promise<readonly (readonly R[])[]> {
  const results: R[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) results[index]?.push(await contestant());
  }
  return results;
}

/** The line of one contestant's rounds. */
export function summarise(subject: string, values: readonly number[], unit: string): Measurement {
  return { subject, value: median(values), unit, range: [Math.min(...values), Math.max(...values)] };
}

/** How many times the peer's value, taken round by round: what slowed a whole round slowed both. */
export function ratio(
  subject: string,
  values: readonly number[],
  peers: readonly number[],
  demand?: Demand,
): Measurement {
  const ratios = values.map((value, round) => value / (peers[round] ?? Number.NaN));
  return { ...summarise(subject, ratios, '×'), ...(demand && { demand }) };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between two values, the share of both that lies there. NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What is measured in this process, against others on the same input. */
export interface Contestant {
  readonly subject: string;
  /** Does the work once, and says how many units it did. */
  work(): number | Promise<number>;
}

const ROUNDS = 7;
const ROUND_MS = 200;
const QUICK_ROUNDS = 3;

/** Units a second of each, and how many times the first the others are. */
export async function compareRates(
  [peer, ...others]: readonly [Contestant, ...Contestant[]],
  unit: string,
  { quick }: BenchOptions,
): Promise<readonly Measurement[]> {
  const all = [peer, ...others];
  for (const contestant of all) await contestant.work();
  const rates = await alternate(
    all.map((contestant) => () => rateOf(contestant)),
    quick ? QUICK_ROUNDS : ROUNDS,
  );
  return [
    ...all.map(({ subject }, index) => summarise(subject, rates[index] ?? [], unit)),
    ...others.map(({ subject }, index) =>
      ratio(`${subject} / ${peer.subject}`, rates[index + 1] ?? [], rates[0] ?? []),
    ),
  ];
}

async function rateOf(contestant: Contestant): Promise<number> {
  const startedAtMs = performance.now();
  let units = 0;
  let elapsedMs = 0;
  do {
    units += await contestant.work();
    elapsedMs = performance.now() - startedAtMs;
  } while (elapsedMs < ROUND_MS);
  return (units / elapsedMs) * 1_000;
}
