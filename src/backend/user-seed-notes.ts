/** Picks one of a list, the same one each time for the same user. */
export type Pick = <T>(list: readonly T[]) => T;

const PRODUCTS = [
  'the ticker',
  'log search',
  'CSV export',
  'the JSON Lines feed',
  'resumable downloads',
  'the chat',
];
const MONTHS = ['January', 'March', 'May', 'July', 'September', 'November'];
const COLLEAGUES = ['Ines', 'Tomás', 'Mr. Öberg', 'the finance team', 'Yūki', 'Dr. Weiß'];
const TOPICS = [
  'a reconnect',
  'the invoice',
  'slow first bytes',
  'rate limits',
  'a proxy that buffers',
  'single sign-on',
];

/**
 * One free-text note. None begins with `=`, `+`, `-` or `@`, which a spreadsheet would take for a formula: the CSV
 * export can then leave every cell as it is.
 */
const TEMPLATES: readonly ((pick: Pick, given: string) => string)[] = [
  (pick) => `Asked about ${pick(TOPICS)}.`,
  (pick) => `Prefers ${pick(PRODUCTS)}, rarely opens ${pick(PRODUCTS)}.`,
  (pick) => `Said: "${pick(PRODUCTS)} is the reason we stay", then asked about ${pick(TOPICS)}.`,
  (pick) => `Call back in ${pick(MONTHS)}\nAsk for ${pick(COLLEAGUES)}`,
  (pick) => `Moved from another tool in ${pick(MONTHS)}; likes ${pick(PRODUCTS)}.`,
  (pick, given) => `${given} wrote:\n"Thanks, works now!"\nClosed, ${pick(COLLEAGUES)} told.`,
  (pick) => `VIP ⭐ – renewal in ${pick(MONTHS)}`,
  (pick) => `Very happy with ${pick(PRODUCTS)} 🎉`,
  (pick) => `Reported ${pick(TOPICS)} 🐢, fixed, confirmed by ${pick(COLLEAGUES)}.`,
  (pick) => `1,200 seats, "maybe more", decision in ${pick(MONTHS)}`,
  () => 'Screen is 27", wants larger type',
  (pick) => `Referred by ${pick(COLLEAGUES)}`,
  (_pick, given) => `Speaks at meetups 👩🏽‍💻 (ask ${given} for slides)`,
  (pick) => `Opened ${pick(PRODUCTS)}; closed ${pick(PRODUCTS)}; wrote about ${pick(TOPICS)}`,
];

/** A note, or, for about a third of the users, none. */
export function noteFor(pick: Pick, given: string): string {
  if (pick([true, false, false])) return '';
  return pick(TEMPLATES)(pick, given);
}
