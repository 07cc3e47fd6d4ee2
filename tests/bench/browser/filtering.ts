import type { Dashboard } from './dashboard.ts';

/** Words of which one is in many lines, one in few, and one in none. */
const WORDS = ['orders', 'timeout after', 'no line says this: 7c1f'];
/** The same of regular expressions. */
const EXPRESSIONS = [
  'order(s|ed)?\\b',
  '^POST \\S+ 4\\d\\d in \\d+ ms$',
  'no (line|row) says this: [0-9a-f]+$',
];
/** The panel's own words for an answer that is whole, and for the list with no filter. */
const ANSWERED = '^[\\d,]+ of [\\d,]+ lines$';
const UNFILTERED = /^[\d,]+ lines$/;

type TimeAnswer = (asked: readonly [Element, Element, string, string]) => Promise<number>;

/** The same as `timeFiltering`, by regular expressions: the first, which follows at once on the button, and those after it. */
export async function timeExpressions(dashboard: Dashboard, rounds: number) {
  const button = dashboard.logs.getByRole('button', { name: 'Regular expression' });
  await button.click();
  const first = await timeFiltering(dashboard, 1, EXPRESSIONS.slice(0, 1));
  const later = await timeFiltering(dashboard, rounds, EXPRESSIONS);
  await button.click();
  return { first, later };
}

/**
 * How long the panel takes to filter all that it holds, from the word in its search field to the painted answer.
 *
 * @returns milliseconds, one for each word and round
 */
export async function timeFiltering(
  { page, logs }: Dashboard,
  rounds: number,
  words: readonly string[] = WORDS,
): Promise<readonly number[]> {
  const field = logs.getByLabel('Search', { exact: true });
  // Whatever was typed before is gone, so that the answer to come is the only one that is shown.
  await field.fill('');
  const tally = logs.getByText(UNFILTERED);
  // The tally alone is looked at: reading the whole panel at each of its changes would cost the page what is measured.
  const [tallyElement, fieldElement] = [await tally.elementHandle(), await field.elementHandle()];
  if (tallyElement === null || fieldElement === null) throw new Error('the panel is gone');
  const tookMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const word of words) {
      tookMs.push(
        await page.evaluate(
          (asked) => (globalThis as unknown as { timeAnswer: TimeAnswer }).timeAnswer(asked),
          [tallyElement, fieldElement, word, ANSWERED] as const,
        ),
      );
      await field.fill('');
      await tally.waitFor();
    }
  }
  return tookMs;
}
