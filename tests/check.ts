/** `npm run check`: everything that can be said of the code without running it. Two steps at a time; silent when green. */
import { availableParallelism } from 'node:os';
import { buildIfStale } from './tools/built-page.ts';
import { type CommandResult, endChildrenOnSignals, runCommand, tool } from './tools/run-command.ts';

interface Step {
  readonly name: string;
  readonly run: () => Promise<CommandResult>;
}

const STEP_TIMEOUT_MS = 3 * 60_000;

function toolStep(name: string, command: string, ...args: string[]): Step {
  const run = () => runCommand(tool(command), args, { timeoutMs: STEP_TIMEOUT_MS, output: 'keep' });
  return { name, run };
}

/** Sizes are those of the built page, so a stale one is built first. */
const sizes: Step = {
  name: 'sizes',
  run: async () => {
    const build = await buildIfStale('keep');
    if (build !== null && build.exitCode !== 0) return build;
    const limits = await toolStep('sizes', 'size-limit').run();
    return { ...limits, durationMs: limits.durationMs + (build?.durationMs ?? 0) };
  },
};

/** The longest first. */
const STEPS: readonly Step[] = [
  sizes,
  toolStep('types', 'tsc'),
  toolStep('dead code', 'knip'),
  toolStep('dead code, without the tests', 'knip', '--production'),
  toolStep('layers', 'depcruise', 'src', 'tests', '--config', '.dependency-cruiser.cjs'),
  toolStep('format and lint', 'biome', 'ci', '--error-on-warnings', '--colors=off', '.'),
];

async function runStep(step: Step): Promise<boolean> {
  const { exitCode, output, durationMs } = await step.run();
  const seconds = (durationMs / 1_000).toFixed(1).padStart(5);
  process.stdout.write(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${step.name}\n`);
  if (exitCode !== 0) process.stdout.write(`${output.trim()}\n\n`);
  return exitCode === 0;
}

async function runSteps(): Promise<boolean> {
  const waiting = [...STEPS];
  const outcomes: boolean[] = [];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      outcomes.push(await runStep(step));
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, lane));
  return outcomes.every(Boolean);
}

endChildrenOnSignals();
if (!(await runSteps())) process.exitCode = 1;
