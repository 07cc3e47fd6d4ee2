import { defineConfig, devices } from '@playwright/test';
import { testServers } from './tests/e2e/support/servers.ts';
import { CHROMIUM_ARGS, findChromium } from './tests/tools/chromium.ts';
import { findPython } from './tests/tools/python.ts';

// Found once, here or by the runner: the workers, which load this file again, inherit it.
process.env.CHROMIUM_PATH ??= findChromium() ?? '';
process.env.PYTHON ??= findPython() ?? '';

const servers = await testServers(process.env.PYTHON);
const report = process.env.STREAMSCOPE_REPORT;
const inCi = Boolean(process.env.CI);
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One at a time: tests count the connections of the servers that they share.
  workers: 1,
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
    { name: 'chromium', use: { ...desktop, baseURL: servers.builtIn.url } },
    // What every backend must be able to drive, against the plain forms of FastAPI.
    { name: 'fastapi', grep: /@any-backend/, use: { ...desktop, baseURL: servers.throughFastApi.url } },
  ],
  webServer: Object.values(servers).map(({ url, command, env }) => ({
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
