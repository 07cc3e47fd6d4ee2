import { test as base, expect, type Page } from '@playwright/test';
import { E2E_WORKERS } from './parts.ts';
import { type TestServers, testServers } from './servers.ts';

export { expect };

/** What a browser writes by itself about a request that failed. No page can keep it from doing so. */
export const BROWSER_NETWORK_LINES =
  /^console: (Failed to load resource: |Access to .* has been blocked by CORS policy|EventSource's response has a )/;

interface Options {
  /** What a test may find on the console. What the page throws is never allowed. */
  allowedOnConsole: RegExp | null;
}

interface Fixtures {
  /** What the page wrote to the console as an error, or threw, and no test allowed. Not empty fails the test. */
  consoleErrors: readonly string[];
}

interface WorkerFixtures {
  /** The servers of this worker, whichever of them the page is on. */
  servers: TestServers;
}

/** Playwright's `test`, failing on anything that the page throws or reports as an error. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  allowedOnConsole: [null, { option: true }],
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures that this one uses named here
    async ({}, use, { parallelIndex }) => {
      const servers = await testServers(process.env.PYTHON ?? '', E2E_WORKERS);
      await use(servers[parallelIndex] ?? noServers(parallelIndex));
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ servers }, use, { project }) => {
    const { url } = project.name === 'fastapi' ? servers.throughFastApi : servers.builtIn;
    await use(url);
  },
  consoleErrors: [
    async ({ context, allowedOnConsole }, use) => {
      const errors: string[] = [];
      const watch = (page: Page) => {
        page.on('console', (message) => {
          if (message.type() !== 'error') return;
          const text = `console: ${message.text()} (${message.location().url})`;
          if (!allowedOnConsole?.test(text)) errors.push(text);
        });
      };
      context.on('page', watch);
      context.on('weberror', (webError) =>
        errors.push(`thrown: ${webError.error().stack ?? webError.error()}`),
      );
      await use(errors);
      expect(errors, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

function noServers(parallelIndex: number): never {
  throw new Error(`there are no servers for worker ${parallelIndex}`);
}
