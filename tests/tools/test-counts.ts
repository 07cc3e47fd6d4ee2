import { z } from 'zod';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const NO_TESTS: TestCounts = { passed: 0, failed: 0, skipped: 0 };

export function sumCounts(all: readonly TestCounts[]): TestCounts {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    NO_TESTS,
  );
}

/** The one closing line. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const vitestReportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** Vitest's JSON report, by the folder of `tests/` that a file lies in. */
export function vitestCounts(report: unknown): Map<string, TestCounts> {
  const folders = new Map<string, TestCounts>();
  for (const file of vitestReportSchema.parse(report).testResults) {
    const folder = /\/tests\/([^/]+)\//.exec(file.name)?.[1] ?? 'elsewhere';
    const statuses = file.assertionResults.map((result) => result.status);
    // A file that fails with no failed test (it did not load, or a hook threw) is one failure.
    if (file.status === 'failed' && !statuses.includes('failed')) statuses.push('failed');
    folders.set(folder, sumCounts([folders.get(folder) ?? NO_TESTS, ...statuses.map(countOfStatus)]));
  }
  return folders;
}

function countOfStatus(status: string): TestCounts {
  if (status === 'passed') return { ...NO_TESTS, passed: 1 };
  if (status === 'failed') return { ...NO_TESTS, failed: 1 };
  return { ...NO_TESTS, skipped: 1 };
}

const playwrightReportSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
});

/** Playwright's JSON report. An error outside any test is a failure, and so is a test that passed only once retried. */
export function playwrightCounts(report: unknown): TestCounts {
  const { stats, errors } = playwrightReportSchema.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
