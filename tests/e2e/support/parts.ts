/**
 * What measures times, or counts what all tabs hold together: beside another test it would measure that, too. All others run two
 * at a time, each on servers of its own.
 */
const ALONE = /\/(tabs|weather|weather-standard|page|comparison)\.spec\.ts$/;

/** Which tests a run takes; left out: all, one at a time. */
export type Part = 'side-by-side' | 'alone';
export const PART_VARIABLE = 'STREAMSCOPE_E2E_PART';

const part = process.env[PART_VARIABLE] as Part | undefined;

/** How many tests run at a time: a test leaves half of its time to the browser's and the server's waits. */
export const E2E_WORKERS = part === 'side-by-side' ? 2 : 1;

/** What of a Playwright configuration chooses the tests of this part. */
export const CHOSEN_TESTS =
  part === 'side-by-side' ? { testIgnore: ALONE } : part === 'alone' ? { testMatch: ALONE } : {};
