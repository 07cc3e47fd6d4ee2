import type { Page } from '@playwright/test';
import { startFeedWitness } from './support/feed-witness.ts';
import { type OwnServer, startOwnServer } from './support/own-server.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';
import { openWeatherPage } from './support/weather-bundle.ts';
import type { FeedOptions, TransportChoice } from './support/weather-page.ts';
import { startWeatherProxy, type WeatherProxy } from './support/weather-proxy.ts';

const SEED = 20_240_607;
/** Ten minutes of a feed at its usual ten events a second. */
const TEN_MINUTES = 6_000;
const BUFFERED_EVENTS = 10_000;
/** The longest wait of our own, on top of the reconnection time of 1,000 ms and what a browser measures more of it. */
const LONGEST_BACKOFF_MS = 11_500;

test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

let server: OwnServer;
let proxy: WeatherProxy;
test.beforeAll(async () => {
  server = await startOwnServer();
  proxy = await startWeatherProxy(server.url, SEED);
});
test.afterAll(async () => {
  await proxy.close();
  await server.dispose();
});
test.beforeEach(async ({ page }) => {
  proxy.setWeather('calm');
  await openWeatherPage(page, proxy.url);
});

/** One feed for each transport, so that each is the first reader of its own. */
const feeds: readonly (readonly [transport: TransportChoice, symbols: string])[] = [
  ['EventSource', 'AAPL'],
  ['fetch-event-source', 'MSFT'],
];

const path = (symbols: string, rate: number) => `/stream/stock-ticker?symbols=${symbols}&rate=${rate}`;

async function openFeeds(
  page: Page,
  rate: number,
  options: Pick<FeedOptions, 'timesFaster' | 'inactivityTimeoutMs'>,
): Promise<void> {
  proxy.setTimesFaster(options.timesFaster ?? 1);
  for (const [transport, symbols] of feeds) {
    const url = `${proxy.url}${path(symbols, rate)}`;
    await page.evaluate(([name, options]) => window.weather.open(name, options), [
      transport,
      { url, transport, ...options },
    ] as const);
  }
}

const onEach = <T>(act: (transport: TransportChoice, symbols: string) => Promise<T>): Promise<T[]> =>
  Promise.all(feeds.map(([transport, symbols]) => act(transport, symbols)));

const look = (page: Page, name: string) => page.evaluate((one) => window.weather.look(one), name);
const untilSequence = (page: Page, name: string, sequence: number) =>
  page.evaluate(([one, wanted]) => window.weather.untilSequence(one, wanted), [name, sequence] as const);
const untilStatus = (page: Page, name: string, status: 'live' | 'reconnecting') =>
  page.evaluate(([one, wanted]) => window.weather.untilStatus(one, wanted), [name, status] as const);

test('ten minutes of feed through hundreds of cuts: each event once, in order, on both transports', async ({
  page,
}) => {
  test.setTimeout(60_000);
  const cutsBefore = proxy.cuts;
  // Slow enough for the buffer of 10,000 to outlast a busy machine, fast enough for a test.
  await openFeeds(page, 300, { timesFaster: 500, inactivityTimeoutMs: null });
  // A reader that is cut before its first event has no place yet to go on from.
  await onEach((transport) => untilSequence(page, transport, 1));
  proxy.setWeather('storm');
  await onEach((transport) => untilSequence(page, transport, TEN_MINUTES));
  expect(proxy.cuts - cutsBefore).toBeGreaterThan(200);
  await onEach(async (transport) => {
    const { stretches, view } = await look(page, transport);
    // One stretch: every ID from the first on, once, in order.
    const whole = { run: expect.any(String), first: 1, to: expect.any(Number) };
    expect(stretches, transport).toEqual([whole]);
    expect(view.wire.reconnects, transport).toBeGreaterThan(100);
    expect(view.wire, transport).toMatchObject({ missed: 0, missedUnknown: false, dropped: 0, holes: 0 });
  });
});

test('a buffer that is overrun on purpose: the missed count is exact', async ({ page }) => {
  const rate = 10_000;
  await openFeeds(page, rate, { timesFaster: 50, inactivityTimeoutMs: null });
  await onEach((transport) => untilSequence(page, transport, 100));
  const witnesses = await onEach((_, symbols) => startFeedWitness(`${server.url}${path(symbols, rate)}`));
  proxy.setWeather('down');
  await onEach((transport) => untilStatus(page, transport, 'reconnecting'));
  const taken = await onEach(async (transport) => (await look(page, transport)).stretches);
  for (const [index, witness] of witnesses.entries()) {
    const last = taken[index]?.at(-1);
    if (last === undefined || !('to' in last)) throw new Error('nothing was taken');
    await witness.untilPast(last.to + BUFFERED_EVENTS + 2_000);
  }
  proxy.setWeather('calm');
  await onEach((transport) => page.evaluate((name) => window.weather.untilMissed(name), transport));
  await onEach(async (transport) => {
    const { stretches, view } = await look(page, transport);
    const [before, gap, after] = stretches;
    if (before === undefined || gap === undefined || after === undefined) throw new Error('no gap');
    if (!('to' in before) || !('missed' in gap) || !('first' in after)) throw new Error('another order');
    expect(gap.missed, transport).toBeGreaterThanOrEqual(2_000);
    expect(gap.missed, transport).toBe(after.first - before.to - 1);
    expect(view.wire.missed, transport).toBe(gap.missed);
    expect(view.wire.marks, transport).toMatchObject([{ type: 'gap', missed: gap.missed }]);
  });
  for (const witness of witnesses) witness.leave();
});

test('a backend that is killed and started again: live within the backoff, and what nobody can know is said', async ({
  page,
}) => {
  await openFeeds(page, 20, { timesFaster: 5, inactivityTimeoutMs: null });
  await onEach((transport) => untilSequence(page, transport, 1));
  await server.kill();
  await onEach((transport) => untilStatus(page, transport, 'reconnecting'));
  await server.start();
  await onEach((transport) => page.evaluate((name) => window.weather.untilMissed(name), transport));
  await onEach(async (transport) => {
    const { stretches, states, view } = await look(page, transport);
    const [before, gap, after] = stretches;
    if (before === undefined || after === undefined || !('run' in before) || !('run' in after))
      throw new Error('another order');
    expect(gap, transport).toEqual({ missed: null });
    expect(after.run, transport).not.toBe(before.run);
    expect(view.state.status, transport).toBe('live');
    expect(view.wire.missedUnknown, transport).toBe(true);
    for (const { waitMs } of states) expect(waitMs ?? 0, transport).toBeLessThanOrEqual(LONGEST_BACKOFF_MS);
  });
});

test('a tab that is hidden and frozen for a minute of feed: not one request more, not one event lost', async ({
  page,
}) => {
  const rate = 1_000;
  // What is frozen for 0.6 s is a minute to the connection machine as well.
  await openFeeds(page, rate, { timesFaster: 100 });
  await onEach((transport) => untilSequence(page, transport, 10));
  const witnesses = await onEach((_, symbols) => startFeedWitness(`${server.url}${path(symbols, rate)}`));
  const connectionsBefore = proxy.connections;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));

  await setVisibility(page, 'hidden');
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  const passed = await Promise.all(
    witnesses.map(async (witness) => witness.untilPast((await witness.untilPast(0)) + 600)),
  );
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await setVisibility(page, 'visible');

  await onEach(async (transport) => {
    await untilSequence(page, transport, Math.max(...passed));
    const { stretches, view } = await look(page, transport);
    expect(stretches, transport).toHaveLength(1);
    expect(view.state.status, transport).toBe('live');
    expect(view.wire, transport).toMatchObject({ reconnects: 0, dropped: 0, missed: 0 });
  });
  expect(requests).toEqual([]);
  expect(proxy.connections).toBe(connectionsBefore);
  for (const witness of witnesses) witness.leave();
});

test('a page in the back/forward cache holds no connection, and goes on where it was', async ({ page }) => {
  await openFeeds(page, 200, {});
  await onEach((transport) => untilSequence(page, transport, 10));
  await sendPageEvent(page, 'pagehide');
  await onEach((transport) => untilStatus(page, transport, 'reconnecting'));
  await expect.poll(() => activeStreams()).toBe(0);
  await sendPageEvent(page, 'pageshow');
  await onEach(async (transport) => {
    const { stretches } = await look(page, transport);
    const last = stretches.at(-1);
    await untilSequence(page, transport, (last !== undefined && 'to' in last ? last.to : 0) + 50);
    expect((await look(page, transport)).stretches, transport).toHaveLength(1);
  });
});

/** What a person does by going to another tab. Playwright's own pages are always visible. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((visibilityState) => {
    Object.defineProperties(document, {
      hidden: { configurable: true, get: () => visibilityState === 'hidden' },
      visibilityState: { configurable: true, get: () => visibilityState },
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

/** Playwright switches the cache itself off: the page is told what the browser would tell it. */
async function sendPageEvent(page: Page, type: 'pagehide' | 'pageshow'): Promise<void> {
  await page.evaluate((name) => {
    window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
  }, type);
}

async function activeStreams(): Promise<number> {
  const response = await fetch(`${server.url}/health`);
  return ((await response.json()) as { activeStreams: number }).activeStreams;
}
