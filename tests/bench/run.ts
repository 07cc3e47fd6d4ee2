/**
 * `npm run bench`: each bench beside its peer in one run; a table on screen, and JSON.
 * `-- --only=NAME` runs one (or several, joined by commas), `--quick` takes small sizes, `--list` says what there is,
 * `--output=FILE` where the JSON goes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type BenchArguments, readArguments } from './arguments.ts';
import { type Bench, type Measurement, meets } from './bench.ts';
import { BENCHES } from './benches.ts';
import { describeMachine, machineLoad } from './machine.ts';
import { tableOf } from './report.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);

async function runBench({ name, question, blindSpots = [], run }: Bench, quick: boolean) {
  say(`\n${name}: ${question}`);
  const notes: string[] = [];
  const loadBefore = machineLoad();
  const startedAtMs = performance.now();
  let measurements: readonly Measurement[] = [];
  let failure: string | null = null;
  try {
    measurements = await run({ quick, note: (text) => notes.push(text) });
    for (const line of tableOf(measurements)) say(`  ${line}`);
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`  FAILED: ${failure}`);
    process.exitCode = 1;
  }
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
  const load = { before: loadBefore, after: machineLoad() };
  for (const text of notes) say(`  Note: ${text}`);
  for (const text of blindSpots) say(`  Not seen: ${text}`);
  say(`  Took ${seconds} s; machine load ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after.`);
  const rows = measurements.map((row) => ({ ...row, met: row.demand ? meets(row.value, row.demand) : null }));
  return { name, question, failure, measurements: rows, notes, blindSpots, load, seconds };
}

async function runBenches({ only, quick, output }: BenchArguments): Promise<void> {
  const machine = describeMachine();
  const takenAt = new Date().toISOString();
  const { cpu, cores, memoryGib, node, chromium, python } = machine;
  say(
    `${cpu}, ${cores} cores, ${memoryGib} GiB; Node ${node}; ${chromium ?? 'no Chromium'}; ${python ?? 'no FastAPI'}`,
  );
  if (quick) say('Quick: the sizes are too small for the numbers to prove anything.');
  const results = [];
  for (const bench of BENCHES) {
    if (only.length === 0 || only.includes(bench.name)) results.push(await runBench(bench, quick));
  }
  const demanded = results.flatMap(({ measurements }) => measurements.filter(({ met }) => met !== null));
  say(`\n${demanded.filter(({ met }) => met).length} of ${demanded.length} demands met.`);
  mkdirSync(dirname(resolve(output)), { recursive: true });
  writeFileSync(resolve(output), `${JSON.stringify({ takenAt, machine, quick, results }, null, 2)}\n`);
  say(`Written to ${output}`);
}

// What a bench started is ended by listeners of `exit`, which a signal alone would not call.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

const names = BENCHES.map(({ name }) => name);
const chosen = readArguments(process.argv.slice(2), names);
if ('error' in chosen) {
  process.stderr.write(`${chosen.error}\n`);
  process.exitCode = 2;
} else if (chosen.list) {
  const width = Math.max(...names.map((name) => name.length));
  for (const { name, question } of BENCHES) say(`${name.padEnd(width)}  ${question}`);
} else {
  await runBenches(chosen);
}
