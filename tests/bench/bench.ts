/** One line of a result: how fast, big or slow one contestant was. */
export interface Measurement {
  readonly subject: string;
  readonly value: number;
  readonly unit: string;
  /** True for the peer that the others are divided by. At most one a bench. */
  readonly isPeer?: boolean;
}

/** A question, and what answers it with numbers taken in one run. To add one, list it in `benches.ts`. */
export interface Bench {
  /** Kebab-case: what `--only=` takes. */
  readonly name: string;
  readonly question: string;
  /** What the measurements must show, or nothing where the bench only looks. */
  readonly target?: string;
  run(): Promise<readonly Measurement[]>;
}

/** What runs against each other, on the same input. */
export interface Contestant {
  readonly subject: string;
  readonly isPeer?: boolean;
  /** Does the work once, and says how many units it did. */
  work(): number | Promise<number>;
}

const ROUNDS = 7;
const ROUND_MS = 200;

/**
 * Units a second of each, the median of some rounds. The contestants take turns round by round, so that what else the
 * machine does meets all of them.
 */
export async function compareRates(
  contestants: readonly Contestant[],
  unit: string,
): Promise<readonly Measurement[]> {
  const rates = new Map<Contestant, number[]>(contestants.map((contestant) => [contestant, []]));
  for (const contestant of contestants) await contestant.work();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [contestant, taken] of rates) taken.push(await rateOf(contestant));
  }
  return [...rates].map(([{ subject, isPeer = false }, taken]) => ({
    subject,
    value: median(taken),
    unit,
    isPeer,
  }));
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
