import { describe, expect, it } from 'vitest';
import { closingLine, playwrightCounts, sumCounts, vitestCounts } from '../tools/test-counts.ts';

function vitestFile(name: string, status: string, ...statuses: string[]) {
  return {
    name: `/clone/tests/${name}`,
    status,
    assertionResults: statuses.map((each) => ({ status: each })),
  };
}

describe('vitestCounts', () => {
  it('counts by folder, and everything that neither passed nor failed as skipped', () => {
    const report = {
      testResults: [
        vitestFile('unit/a.test.ts', 'passed', 'passed', 'pending', 'todo', 'skipped'),
        vitestFile('unit/b.test.ts', 'failed', 'passed', 'failed'),
        vitestFile('backend/c.test.ts', 'passed', 'passed'),
      ],
    };
    expect(Object.fromEntries(vitestCounts(report))).toEqual({
      unit: { passed: 2, failed: 1, skipped: 3 },
      backend: { passed: 1, failed: 0, skipped: 0 },
    });
  });

  it('counts a file that did not load as one failure', () => {
    const report = { testResults: [vitestFile('streams/a.test.ts', 'failed')] };
    expect(vitestCounts(report).get('streams')).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('playwrightCounts', () => {
  it('counts a flaky test and an error outside any test as failures', () => {
    const report = {
      stats: { expected: 5, unexpected: 2, flaky: 1, skipped: 3 },
      errors: [{ message: 'x' }],
    };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 4, skipped: 3 });
  });
});

describe('closingLine', () => {
  it('says the sum of all', () => {
    const sum = sumCounts([
      { passed: 5, failed: 0, skipped: 1 },
      { passed: 7, failed: 2, skipped: 0 },
    ]);
    expect(closingLine(sum)).toBe('12 passed, 2 failed, 1 skipped');
  });
});
