/**
 * `npm run bench`: each bench beside its peer in one run; a table on screen, and JSON.
 * `-- --only=NAME` runs one, `-- --output=FILE` says where the JSON goes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Measurement } from './bench.ts';
import { BENCHES } from './benches.ts';
import { describeMachine } from './machine.ts';

/** Numbers belong to the machine that took them: they are not committed. */
const OUTPUT = 'node_modules/.cache/streamscope/bench.json';

interface Row extends Measurement {
  /** How many times the peer's value; null where there is no peer. */
  readonly ratio: number | null;
}

function withRatios(measurements: readonly Measurement[]): readonly Row[] {
  const peer = measurements.find((measurement) => measurement.isPeer);
  return measurements.map((measurement) => ({
    ...measurement,
    ratio: peer && peer.unit === measurement.unit ? measurement.value / peer.value : null,
  }));
}

function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ subject, value, unit, ratio, isPeer }) => [
    subject,
    value.toLocaleString('en', { maximumSignificantDigits: 4 }),
    unit,
    ratio === null
      ? ''
      : `${ratio.toLocaleString('en', { maximumSignificantDigits: 3 })}${isPeer ? ' (peer)' : ''}`,
  ]);
  const table = [['', 'value', 'unit', '× peer'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    const line = row.map((cell, column) =>
      column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    process.stdout.write(`  ${line.join('  ').trimEnd()}\n`);
  }
}

async function runBench({ name, question, target, run }: Bench) {
  process.stdout.write(`\n${name}: ${question}\n`);
  const rows = withRatios(await run());
  printTable(rows);
  if (target !== undefined) process.stdout.write(`  Target: ${target}\n`);
  return { name, question, target: target ?? null, measurements: rows };
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, output: { type: 'string', default: OUTPUT } },
});
const chosen = BENCHES.filter((bench) => values.only === undefined || bench.name === values.only);
if (chosen.length === 0) {
  process.stderr.write(
    `--only=${values.only}: there are ${BENCHES.map((bench) => bench.name).join(', ')}.\n`,
  );
  process.exit(2);
}

const machine = describeMachine();
const takenAt = new Date().toISOString();
process.stdout.write(
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB; Node ${machine.node}; ${machine.chromium ?? 'no Chromium'}\n`,
);
const results = [];
for (const bench of chosen) results.push(await runBench(bench));

const output = resolve(values.output);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, `${JSON.stringify({ takenAt, machine, results }, null, 2)}\n`);
process.stdout.write(`\nWritten to ${values.output}\n`);
