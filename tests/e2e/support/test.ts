import { test as base, expect, type Page } from '@playwright/test';

export { expect };

interface Options {
  /**
   * What a test may find on the console: a browser reports a refused connection there by itself, and no page can
   * keep it from doing so.
   */
  allowedOnConsole: readonly RegExp[];
}

interface Fixtures {
  /** What the page wrote to the console as an error, or threw, and no test allowed. Not empty fails the test. */
  consoleErrors: readonly string[];
}

/** Playwright's `test`, failing on anything that the page throws or reports as an error. */
export const test = base.extend<Options & Fixtures>({
  allowedOnConsole: [[], { option: true }],
  consoleErrors: [
    async ({ context, allowedOnConsole }, use) => {
      const errors: string[] = [];
      const note = (text: string) => {
        if (!allowedOnConsole.some((pattern) => pattern.test(text))) errors.push(text);
      };
      const watch = (page: Page) => {
        page.on('console', (message) => {
          if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
        });
      };
      context.on('page', watch);
      context.on('weberror', (webError) => note(`thrown: ${webError.error().stack ?? webError.error()}`));
      await use(errors);
      expect(errors, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});
