import { expect, type Locator, type Page } from '@playwright/test';

/** Every panel, by its accessible name. */
export const PANELS = [
  'Stock ticker',
  'Live logs',
  'AI chat',
  'Job progress',
  'File download',
  'Data export',
  'Buffered vs streamed',
  'Inspector',
] as const;
export type PanelName = (typeof PANELS)[number];

/** What a *Connection* says. */
export const STATUS_WORD = /^(Idle|Connecting|Live|Stalled|Reconnecting|Paused|Ended|Failed)$/;

export type WireTerm =
  | 'TTFB'
  | 'First event'
  | 'Events'
  | 'Bytes'
  | 'Rate'
  | 'Longest gap'
  | 'Reconnects'
  | 'Last event ID'
  | 'Transport'
  | 'Malformed'
  | 'Dropped'
  | 'Missed';

export function panel(page: Page, name: PanelName): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Scrolls to a panel, as what is below the fold may load only then. */
export async function showPanel(page: Page, name: PanelName): Promise<Locator> {
  const shown = panel(page, name);
  await shown.scrollIntoViewIfNeeded();
  await expect(shown).toBeVisible();
  return shown;
}

export function connection(within: Locator): Locator {
  return within.getByRole('status', { name: 'Connection', exact: true });
}

export function wire(within: Locator): Locator {
  return within.getByRole('group', { name: 'Wire', exact: true });
}

/** The measurements of a panel's wire view at one moment, by term. A term that does not apply is not there. */
export function wireTerms(within: Locator): Promise<Partial<Record<WireTerm, string>>> {
  return wire(within).evaluate((group) =>
    Object.fromEntries(
      Array.from(group.querySelectorAll('dt'), (term) => [
        term.textContent.trim(),
        term.nextElementSibling?.textContent.trim() ?? '',
      ]),
    ),
  );
}

/** The number that a term starts with: 1234 for `1,234 events`. NaN where there is none. */
export async function wireNumber(within: Locator, term: WireTerm): Promise<number> {
  const text = (await wireTerms(within))[term] ?? '';
  return Number.parseFloat(text.replaceAll(/[,\s\u2009\u202f]/g, ''));
}

const factors: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 };

/** `1.24 s` as 1240, `12 ms` as 12, `20` as 20. */
export function readFigure(text: string): number | null {
  const match = /([\d.,]+)\s*(ms|s|min)?/.exec(text);
  if (match?.[1] === undefined) return null;
  return Number(match[1].replaceAll(',', '')) * (factors[match[2] ?? 'ms'] ?? 1);
}
