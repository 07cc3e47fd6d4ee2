/**
 * `npm test`: check, unit and integration tests, build, end to end. `-- --only=check|unit|e2e` runs one of them, and
 * what follows a second `--` goes to its runner: `npm test -- --only=e2e -- page.spec.ts --project=chromium`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PART_VARIABLE, type Part } from './e2e/support/parts.ts';
import { buildIfStale } from './tools/built-page.ts';
import { ensureChromium } from './tools/chromium.ts';
import { ensurePython } from './tools/python.ts';
import { MissingRequirement } from './tools/requirement.ts';
import { endChildrenOnSignals, ROOT, runCommand, tool } from './tools/run-command.ts';
import {
  closingLine,
  playwrightCounts,
  sumCounts,
  type TestCounts,
  vitestCounts,
} from './tools/test-counts.ts';

interface Outcome {
  /** What is wrong, one line each; none where the stage is green. */
  readonly problems: readonly string[];
  readonly counts: readonly TestCounts[];
}

type Stage = (args: readonly string[]) => Promise<Outcome>;

const REPORTS = join(ROOT, 'node_modules/.cache/streamscope/reports');
const STAGE_TIMEOUT_MS = 60 * 60_000;
/** The folders of `tests/` that Vitest runs. Each must have tests that ran. */
const VITEST_FOLDERS = ['unit', 'streams', 'panels', 'backend'];
const GREEN: Outcome = { problems: [], counts: [] };

function problem(text: string): Outcome {
  return { problems: [text], counts: [] };
}

async function check(): Promise<Outcome> {
  const { exitCode } = await runCommand(tool('tsx'), ['tests/check.ts'], {
    timeoutMs: STAGE_TIMEOUT_MS,
    output: 'show',
  });
  return exitCode === 0 ? GREEN : problem('check failed');
}

/** Runs a test runner that leaves a JSON report, and reads it. */
async function runReported(
  command: string,
  args: readonly string[],
  reportName: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: number; report: unknown }> {
  const path = join(REPORTS, reportName);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(path, { force: true });
  const { exitCode } = await runCommand(tool(command), args, {
    timeoutMs: STAGE_TIMEOUT_MS,
    output: 'show',
    env: { ...env, STREAMSCOPE_REPORT: path },
  });
  return { exitCode, report: existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null };
}

const unit: Stage = async (args) => {
  const { exitCode, report } = await runReported('vitest', ['run', ...args], 'vitest.json');
  if (report === null) return problem(`vitest left no report (exit code ${exitCode})`);
  const folders = vitestCounts(report);
  const problems = exitCode === 0 ? [] : [`vitest ended with ${exitCode}`];
  // With a filter of the caller's, not every folder has something to run.
  if (args.length === 0) {
    for (const folder of VITEST_FOLDERS) {
      if (!hasRun(folders.get(folder))) problems.push(`no test of tests/${folder} ran`);
    }
  }
  return { problems, counts: [...folders.values()] };
};

const e2e: Stage = async (args) => {
  const build = await buildIfStale('show');
  if (build !== null && build.exitCode !== 0) return problem('the build failed');
  const env = { CHROMIUM_PATH: await ensureChromium(), PYTHON: await ensurePython() };
  process.stdout.write(`Chromium: ${env.CHROMIUM_PATH}, Python: ${env.PYTHON}\n`);
  // What the caller chose runs one at a time, whatever it is.
  const runs = args.length > 0 ? [env] : E2E_PARTS.map((part) => ({ ...env, [PART_VARIABLE]: part }));
  const outcomes: Outcome[] = [];
  for (const each of runs) outcomes.push(await runPlaywright(args, each));
  return {
    problems: outcomes.flatMap(({ problems }) => problems),
    counts: outcomes.flatMap(({ counts }) => counts),
  };
};

const E2E_PARTS: readonly Part[] = ['side-by-side', 'alone'];

async function runPlaywright(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const name = `playwright-${env[PART_VARIABLE] ?? 'chosen'}.json`;
  const { exitCode, report } = await runReported('playwright', ['test', ...args], name, env);
  if (report === null) return problem(`playwright left no report (exit code ${exitCode})`);
  const counts = playwrightCounts(report);
  const problems = exitCode === 0 ? [] : [`playwright ended with ${exitCode}`];
  if (!hasRun(counts)) problems.push('no end-to-end test ran');
  return { problems, counts: [counts] };
}

function hasRun(counts: TestCounts | undefined): boolean {
  return counts !== undefined && counts.passed + counts.failed > 0;
}

const STAGES = new Map<string, Stage>([
  ['check', check],
  ['unit', unit],
  ['e2e', e2e],
]);

async function runStage(name: string, stage: Stage, args: readonly string[]): Promise<Outcome> {
  process.stdout.write(`\n== ${name}\n`);
  try {
    return await stage(args);
  } catch (error) {
    if (error instanceof MissingRequirement) return problem(error.message);
    throw error;
  }
}

class WrongArguments extends Error {
  override readonly name = 'WrongArguments';
}

function parsedArguments() {
  try {
    return parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws WrongArguments for arguments that there are not. */
function readArguments(): { names: readonly string[]; rest: readonly string[] } {
  const { values, positionals } = parsedArguments();
  if (values.only === undefined && positionals.length > 0) {
    throw new WrongArguments('Files are named after --only=unit or --only=e2e.');
  }
  if (values.only !== undefined && !STAGES.has(values.only)) {
    throw new WrongArguments(`--only=${values.only}: there are ${[...STAGES.keys()].join(', ')}.`);
  }
  return { names: values.only === undefined ? [...STAGES.keys()] : [values.only], rest: positionals };
}

/** A stage that fails does not keep the next from running: one run shows all that is wrong. */
async function run(): Promise<void> {
  const { names, rest } = readArguments();
  const outcomes: Outcome[] = [];
  for (const [name, stage] of STAGES) {
    if (names.includes(name)) outcomes.push(await runStage(name, stage, rest));
  }
  const counts = sumCounts(outcomes.flatMap((outcome) => outcome.counts));
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  process.stdout.write('\n');
  for (const text of problems) process.stdout.write(`NOT GREEN: ${text}\n`);
  process.stdout.write(`${closingLine(counts)}\n`);
  if (problems.length > 0 || counts.failed > 0) process.exitCode = 1;
}

endChildrenOnSignals();
await run().catch((error: unknown) => {
  if (!(error instanceof WrongArguments)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
