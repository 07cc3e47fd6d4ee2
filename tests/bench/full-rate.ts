import type { Bench, Demand, Measurement } from './bench.ts';
import { withChromium } from './browser/chromium.ts';
import { type Dashboard, onDashboard } from './browser/dashboard.ts';
import {
  frameRows,
  inputRows,
  LEAST_RECEIVED,
  type Spans,
  WATCH_BLIND_SPOTS,
  type Watched,
  watchTwice,
} from './browser/watch.ts';
import { startStreamscope } from './processes/servers.ts';

/** The most that a client may ask for, and that the panels offer. */
const RATE = 100_000;
/** By their IDs nothing may be gone without a word. A loss can be told just before the ID that comes after it. */
const LEAST_ACCOUNTED = 0.99;

const FULL: Spans = { startUpMs: 5_000, windowMs: 20_000 };
const QUICK: Spans = { startUpMs: 2_000, windowMs: 5_000 };

/** One feed at that rate, the other at its default. */
interface Feed {
  readonly panel: 'ticker' | 'logs';
  readonly counts: 'quotes' | 'lines';
  readonly unit: string;
  /** The ticker conflates what it has received. The log may lose lines, as long as it says so. */
  readonly mayLose: boolean;
}

const FEEDS: readonly Feed[] = [
  { panel: 'ticker', counts: 'quotes', unit: 'events', mayLose: false },
  { panel: 'logs', counts: 'lines', unit: 'lines', mayLose: true },
];

async function measure(dashboard: Dashboard, feed: Feed, spans: Spans): Promise<readonly Measurement[]> {
  const { alone, typing } = await watchTwice(dashboard, spans);
  const name = `${feed.panel} at ${RATE.toLocaleString('en')}/s`;
  // Frames, tasks and keys have their demands at lower rates, from smoothness: here they are stated.
  return [
    ...lossRows(`${name}, left alone`, feed, alone),
    ...frameRows(`${name}, left alone`, alone, false),
    ...lossRows(`${name}, typing`, feed, typing),
    ...frameRows(`${name}, typing`, typing, false),
    ...inputRows(`${name}, typing`, typing, false),
  ];
}

/** What came, what is said not to have come, and whether both together are all that there was. */
function lossRows(
  name: string,
  { counts, unit, mayLose }: Feed,
  { seconds, [counts]: { events, dropped, missed, sequence } }: Watched,
): readonly Measurement[] {
  const perSecond = (value: number, demand: Demand | null) => ({
    value: value / seconds,
    unit: `${unit}/s`,
    ...(demand && { demand }),
  });
  const enough: Demand = { atLeast: RATE * LEAST_RECEIVED };
  return [
    { subject: `${name}: received`, ...perSecond(events - dropped, mayLose ? null : enough) },
    { subject: `${name}: missed, as it shows`, value: missed, unit },
    { subject: `${name}: dropped, as it shows`, value: dropped, unit },
    { subject: `${name}: received, missed and dropped`, ...perSecond(events + missed, enough) },
    {
      subject: `${name}: of all that the server numbered meanwhile`,
      value: (events + missed) / sequence,
      unit: '×',
      demand: { atLeast: LEAST_ACCOUNTED },
    },
  ];
}

export const fullRateBench: Bench = {
  name: 'full-rate',
  question:
    'What do ticker and logs of the built page take at 100,000 events a second each, and do they say what they lose?',
  blindSpots: [
    'A feed is at that rate alone, the other one at its default. Server, browser and bench share the cores: what is missed was not read in time or not sent in time, and the server keeps the last tenth of a second for who is late.',
    'Received is what the worker that holds the feed has read and this page has not dropped. Of the ticker the page gets the last, the highest and the lowest price of each post, on purpose: what is conflated is counted and not lost.',
    'The log holds two seconds of that rate: what is typed is looked for in 200,000 lines, of which all are new ones by the next word.',
    'What the worker takes for it, in processor time, is not measured; nor are more tabs than one.',
    ...WATCH_BLIND_SPOTS,
  ],
  async run({ quick }) {
    const spans = quick ? QUICK : FULL;
    const server = await startStreamscope();
    try {
      return await withChromium(async (browser) => {
        const rows: Measurement[] = [];
        for (const feed of FEEDS) {
          const settings = { rates: { [feed.panel]: RATE } };
          rows.push(
            ...(await onDashboard(browser, server.url, settings, (dashboard) =>
              measure(dashboard, feed, spans),
            )),
          );
        }
        return rows;
      });
    } finally {
      await server.stop();
    }
  },
};
