import type { Locator, Page } from '@playwright/test';
import {
  connection,
  type PanelName,
  readFigure,
  showPanel,
  type WireTerm,
  wireNumber,
  wireTerms,
} from './support/page.ts';
import { ask } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

// What was asked to be wrong, the browser reports by itself.
test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

/** Turns faults on as a person would, in the panel's own menu. */
async function applyFaults(panel: Locator, faults: string): Promise<void> {
  const page = panel.page();
  await panel.getByRole('button', { name: /^Faults/ }).click();
  const menu = page.getByRole('dialog').filter({ hasText: 'Make this stream misbehave' });
  await menu.getByRole('textbox', { name: 'fault=' }).fill(faults);
  await menu.getByRole('button', { name: 'Apply faults' }).click();
  await expect(menu).toBeHidden();
}

const FAULTS = [
  'delay:400',
  'status:503',
  'garble@2',
  'stall@2:60000',
  'drop@4',
  'one-behind',
  'first-kb',
  'buffer',
  'gzip',
  'truncate@300',
  'idle:60',
  'age:700',
] as const;
type Fault = (typeof FAULTS)[number];

/** What is seen of a panel under a fault: what its stream promises in the design. */
interface Seen {
  readonly status: string | RegExp;
  /** At least so much, by the terms of the wire. */
  readonly atLeast?: Partial<Record<WireTerm, number>>;
  /** Exactly so many events, and no more while another feed goes on. */
  readonly events?: number;
  /** The time of the first event, in milliseconds. */
  readonly firstEventMs?: number;
  readonly says?: RegExp;
}

interface Promises {
  readonly panel: PanelName;
  /** What makes its stream begin, where it does not by itself. */
  readonly begin: (panel: Locator) => Promise<unknown>;
  /** What is set first, so that the faults fall where they are looked for. */
  readonly prepare: (panel: Locator) => Promise<unknown>;
  /** Where a fault has to fall elsewhere for what is promised to be seen. */
  readonly instead?: Readonly<Partial<Record<Fault, string>>>;
  readonly under: Readonly<Record<Fault, Seen>>;
}

const press = (name: string) => (panel: Locator) => panel.getByRole('button', { name, exact: true }).click();
const nothing = async () => undefined;
const fill = (fields: Readonly<Record<string, string>>) => async (panel: Locator) => {
  for (const [label, value] of Object.entries(fields))
    await panel.getByLabel(label, { exact: true }).fill(value);
};

/** A live feed goes on for ever, and resumes: whatever cuts it, nothing is missed. */
const liveFeed: Readonly<Record<Fault, Seen>> = {
  'delay:400': { status: 'Live', atLeast: { Events: 5 }, firstEventMs: 400 },
  'status:503': { status: 'Reconnecting', says: /The backend is not ready/, events: 0 },
  'garble@2': { status: 'Live', atLeast: { Events: 5, Malformed: 1 }, says: /could not be read/ },
  'stall@2:60000': { status: 'Live', events: 2 },
  'drop@4': { status: /Reconnecting|Live|Connecting/, atLeast: { Events: 12, Reconnects: 2 } },
  'one-behind': { status: 'Live', atLeast: { Events: 5 } },
  // What a feed that resumes has to catch up with may be more than that.
  'first-kb': { status: 'Live', atLeast: { Events: 5 } },
  buffer: { status: 'Connecting', events: 0 },
  gzip: { status: 'Live', events: 0 },
  'truncate@300': { status: /Reconnecting|Live|Connecting/, atLeast: { Events: 3, Reconnects: 2 } },
  'idle:60': { status: /Reconnecting|Live|Connecting/, atLeast: { Events: 3, Reconnects: 2 } },
  'age:700': { status: /Reconnecting|Live|Connecting/, atLeast: { Events: 8, Reconnects: 1 } },
};

const BROKE = /broke|cut off|ended early/i;

const PROMISES: readonly Promises[] = [
  { panel: 'Stock ticker', begin: nothing, prepare: nothing, under: liveFeed },
  {
    panel: 'Live logs',
    begin: nothing,
    prepare: nothing,
    // One line in a hundred is longer than 300 bytes, none than 600: it would never come whole, and nothing after it.
    instead: { 'truncate@300': 'truncate@600' },
    under: liveFeed,
  },
  {
    panel: 'AI chat',
    begin: (chat) => ask(chat, 'What is retry?'),
    prepare: nothing,
    // A browser throws away with a connection what it has not handed over yet: a third of a second of words lies between.
    instead: { 'drop@4': 'drop@16' },
    under: {
      'delay:400': { status: 'Live', atLeast: { Events: 5 }, firstEventMs: 400 },
      // Asked again only until the first word is there.
      'status:503': { status: 'Reconnecting', events: 0 },
      'garble@2': { status: 'Live', atLeast: { Events: 5, Malformed: 1 } },
      'stall@2:60000': { status: 'Live', events: 2 },
      'drop@4': { status: 'Failed', atLeast: { Events: 3 }, says: BROKE },
      'one-behind': { status: 'Live', atLeast: { Events: 5 } },
      'first-kb': { status: 'Live', atLeast: { Events: 5 }, firstEventMs: 500 },
      buffer: { status: 'Connecting', events: 0 },
      gzip: { status: 'Live', events: 0 },
      'truncate@300': { status: 'Ended', says: /cut off|ended early|complete/i },
      'idle:60': { status: 'Failed', says: BROKE },
      'age:700': { status: 'Failed', says: BROKE },
    },
  },
  {
    panel: 'Job progress',
    begin: press('Start'),
    prepare: fill({ Steps: '5', 'Delay ms': '300' }),
    under: {
      'delay:400': { status: 'Ended', atLeast: { Events: 6 }, firstEventMs: 400 },
      'status:503': { status: 'Reconnecting', events: 0 },
      'garble@2': { status: 'Ended', atLeast: { Events: 5, Malformed: 1 } },
      'stall@2:60000': { status: 'Live', events: 2 },
      // EventSource does not tell a cut from an end: what lacks is known by the task's own end.
      'drop@4': { status: /Ended|Failed/, atLeast: { Events: 3 }, says: BROKE },
      'one-behind': { status: 'Ended', atLeast: { Events: 6 } },
      'first-kb': { status: 'Ended', atLeast: { Events: 6 }, firstEventMs: 900 },
      buffer: { status: 'Ended', atLeast: { Events: 6 }, firstEventMs: 1_200 },
      gzip: { status: 'Ended', atLeast: { Events: 6 }, firstEventMs: 1_200 },
      'truncate@300': { status: /Ended|Failed/, says: BROKE },
      'idle:60': { status: /Ended|Failed/, says: BROKE },
      'age:700': { status: /Ended|Failed/, says: BROKE },
    },
  },
  {
    panel: 'File download',
    begin: press('Download'),
    prepare: nothing,
    under: {
      'delay:400': { status: 'Ended', firstEventMs: 400 },
      'status:503': { status: 'Reconnecting', events: 0 },
      // The bytes are wrong, their number is right: no header of the answer tells.
      'garble@2': { status: 'Ended' },
      'stall@2:60000': { status: 'Live', atLeast: { Events: 1 } },
      // What a browser has not handed over when a connection breaks it throws away, if need be all of it: then it is asked again.
      'drop@4': { status: /Failed|Reconnecting/, says: /broke|cut off|No connection/i },
      'one-behind': { status: 'Ended' },
      'first-kb': { status: 'Ended' },
      buffer: { status: 'Ended', firstEventMs: 1_000 },
      gzip: { status: 'Ended' },
      'truncate@300': { status: /Failed|Reconnecting/, says: /broke|cut off|No connection/i },
      // It is never silent for so long.
      'idle:60': { status: /Ended|Failed/ },
      'age:700': { status: 'Failed', says: BROKE },
    },
  },
  {
    panel: 'Data export',
    begin: press('Start'),
    prepare: async (exports) => {
      await fill({ Rows: '30' })(exports);
      await exports.getByLabel('Rows a second').selectOption('10');
    },
    under: {
      'delay:400': { status: 'Ended', atLeast: { Events: 30 }, firstEventMs: 400 },
      'status:503': { status: 'Reconnecting', events: 0 },
      'garble@2': { status: 'Ended', atLeast: { Events: 29, Malformed: 1 } },
      'stall@2:60000': { status: 'Live', atLeast: { Events: 1 } },
      'drop@4': { status: 'Failed', atLeast: { Events: 1 }, says: BROKE },
      'one-behind': { status: 'Ended', atLeast: { Events: 30 } },
      'first-kb': { status: 'Ended', atLeast: { Events: 30 }, firstEventMs: 400 },
      buffer: { status: 'Ended', atLeast: { Events: 30 }, firstEventMs: 1_500 },
      gzip: { status: 'Ended', atLeast: { Events: 30 } },
      'truncate@300': { status: 'Ended', says: /ended after \d of 30 rows/ },
      'idle:60': { status: 'Failed', atLeast: { Events: 1 }, says: BROKE },
      'age:700': { status: 'Failed', atLeast: { Events: 1 }, says: BROKE },
    },
  },
  {
    panel: 'Buffered vs streamed',
    begin: nothing,
    prepare: nothing,
    under: {
      'delay:400': { status: 'Ended', atLeast: { Events: 20 }, firstEventMs: 400 },
      'status:503': { status: 'Failed', events: 0, says: /not ready/ },
      'garble@2': { status: 'Ended', atLeast: { Events: 19, Malformed: 1 } },
      'stall@2:60000': { status: 'Live', events: 2 },
      'drop@4': { status: 'Failed', atLeast: { Events: 1 }, says: BROKE },
      'one-behind': { status: 'Ended', atLeast: { Events: 20 } },
      'first-kb': { status: 'Ended', atLeast: { Events: 20 }, firstEventMs: 500 },
      buffer: { status: 'Ended', atLeast: { Events: 20 }, says: /arrived all at once|about the same time/ },
      gzip: { status: 'Ended', atLeast: { Events: 20 }, says: /arrived all at once|about the same time/ },
      'truncate@300': { status: 'Ended', says: /not JSON/ },
      'idle:60': { status: /Ended|Failed/, says: /lane failed|broke/ },
      'age:700': { status: 'Failed', says: BROKE },
    },
  },
  {
    panel: 'Inspector',
    begin: press('Inspect'),
    prepare: fill({ count: '8' }),
    under: {
      'delay:400': { status: /Live|Ended/, atLeast: { TTFB: 400 } },
      'status:503': { status: 'Ended', says: /503/ },
      'garble@2': { status: 'Ended', atLeast: { Events: 8 } },
      'stall@2:60000': { status: 'Live', events: 2 },
      'drop@4': { status: 'Failed', says: BROKE },
      'one-behind': { status: 'Ended', atLeast: { Events: 8 } },
      'first-kb': { status: 'Ended', atLeast: { Events: 8 }, firstEventMs: 1_500 },
      buffer: { status: 'Ended', atLeast: { Events: 8 }, firstEventMs: 1_500 },
      gzip: { status: 'Ended', atLeast: { Events: 8 } },
      'truncate@300': { status: 'Ended', atLeast: { Bytes: 300 } },
      'idle:60': { status: 'Failed', says: BROKE },
      'age:700': { status: 'Failed', says: BROKE },
    },
  },
];

async function openPanel(page: Page, name: PanelName): Promise<Locator> {
  await page.goto('/');
  const panel = await showPanel(page, name);
  await expect(connection(panel)).toHaveText(/Idle|Live|Ended/);
  return panel;
}

/** What still runs of the run before would be taken for this one's. */
async function leave(panel: Locator): Promise<void> {
  const leaving = panel.getByRole('button', { name: /^(Stop|Cancel)$/ });
  if (await leaving.isVisible()) await leaving.click();
}

async function expectSeen(
  panel: Locator,
  { status, atLeast = {}, events, firstEventMs, says }: Seen,
): Promise<void> {
  await expect(connection(panel)).toHaveText(status);
  for (const [term, least] of Object.entries(atLeast)) {
    await expect.poll(() => wireNumber(panel, term as WireTerm), term).toBeGreaterThanOrEqual(least);
  }
  if (says) await expect(panel.getByText(says).first()).toBeVisible();
  if (events !== undefined) await expect.poll(() => wireNumber(panel, 'Events'), 'Events').toBe(events);
  const terms = await wireTerms(panel);
  if (firstEventMs !== undefined)
    expect(readFigure(terms['First event'] ?? ''), 'First event').toBeGreaterThanOrEqual(firstEventMs);
  expect(terms, 'nothing is lost without a word').not.toHaveProperty('Missed');
}

for (const { panel: name, prepare, begin, instead = {}, under } of PROMISES) {
  test(`${name} under every fault shows what its stream promises`, async ({ page }) => {
    // Twelve streams, one after the other.
    test.slow();
    const panel = await openPanel(page, name);
    await prepare(panel);
    const live = name === 'Stock ticker' || name === 'Live logs';
    for (const fault of FAULTS) {
      await test.step(fault, async () => {
        if (!live) await leave(panel);
        await applyFaults(panel, instead[fault] ?? fault);
        await begin(panel);
        await expectSeen(panel, under[fault]);
      });
    }
  });
}

test('a feed that is silent past its time is stalled, its connection left open', async ({ page }) => {
  const ticker = await openPanel(page, 'Stock ticker');
  await applyFaults(ticker, 'stall@5:60000');
  await expect(connection(ticker)).toHaveText('Stalled', { timeout: 40_000 });
  expect(await wireNumber(ticker, 'Reconnects')).toBe(0);
  await ticker.getByRole('button', { name: 'Reconnect now' }).click();
  await expect(connection(ticker)).toHaveText('Live');
});

test('faults are turned off again, and a wrong one is said and not sent', async ({ page }) => {
  const ticker = await openPanel(page, 'Stock ticker');
  await applyFaults(ticker, 'status:404');
  await expect(connection(ticker)).toHaveText('Failed');
  await ticker.getByRole('button', { name: 'Faults: status:404' }).click();
  const menu = page.getByRole('dialog').filter({ hasText: 'Make this stream misbehave' });
  await menu.getByRole('textbox', { name: 'fault=' }).fill('drop@many');
  await expect(menu.getByText(/which must be drop@N/)).toBeVisible();
  await expect(menu.getByRole('button', { name: 'Apply faults' })).toBeDisabled();
  await menu.getByRole('button', { name: 'No faults' }).click();
  await expect(connection(ticker)).toHaveText('Live');
});
