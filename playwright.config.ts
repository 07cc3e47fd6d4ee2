import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { CHOSEN_TESTS, E2E_WORKERS, PART_VARIABLE } from './tests/e2e/support/parts.ts';
import { testServers } from './tests/e2e/support/servers.ts';
import { CHROMIUM_ARGS, findChromium } from './tests/tools/chromium.ts';
import { findPython } from './tests/tools/python.ts';

// Found once, here or by the runner: the workers, which load this file again, inherit it.
process.env.CHROMIUM_PATH ??= findChromium() ?? '';
process.env.PYTHON ??= findPython() ?? '';

const servers = await testServers(process.env.PYTHON, E2E_WORKERS);
const report = process.env.STREAMSCOPE_REPORT;
const inCi = Boolean(process.env.CI);
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: 'tests/e2e',
  // Each part empties its own before it starts.
  outputDir: join('test-results', process.env[PART_VARIABLE] ?? 'chosen'),
  ...CHOSEN_TESTS,
  workers: E2E_WORKERS,
  retries: 0,
  forbidOnly: inCi,
  // For a loaded machine of two cores without a GPU; what a promise bounds is bounded where it is tested.
  timeout: 120_000,
  globalTimeout: 55 * 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ...(report ? ([['json', { outputFile: report }]] as const) : [])],
  use: {
    // A trace slows each step; where one is wanted: `npm test -- --only=e2e -- --trace=retain-on-failure`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [...CHROMIUM_ARGS],
    },
  },
  projects: [
    { name: 'chromium', use: desktop },
    // What every backend must be able to drive, against the plain forms of FastAPI.
    { name: 'fastapi', grep: /@any-backend/, use: desktop },
  ],
  webServer: servers
    .flatMap(({ builtIn, fastApi, throughFastApi }) => [builtIn, fastApi, throughFastApi])
    .map(({ url, command, env }) => ({
      command,
      env,
      url: `${url}/health`,
      timeout: 60_000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
      stdout: 'ignore' as const,
      stderr: 'pipe' as const,
    })),
});
