import { describe, expect, it } from 'vitest';
import { DEFAULT_SYMBOLS, type Quote, quoteSchema } from '../../src/contract/ticker.ts';
import { range, sequenceOf } from './feed-client.ts';
import { LiveApp, START_MS } from './live-app.ts';

const PATH = '/stream/stock-ticker';

describe('the ticker', () => {
  it('quotes each default symbol once, then the active ones more often', async () => {
    const live = new LiveApp();
    const stream = await live.open(`${PATH}?rate=100`);
    await live.pass(70);
    const quotes = stream.values<Quote>();
    expect(quotes.map(({ stock }) => stock)).toEqual([...DEFAULT_SYMBOLS]);
    await live.pass(10_000);
    const traded = stream.values<Quote>().map(({ stock }) => stock);
    const count = (symbol: string) => traded.filter((other) => other === symbol).length;
    expect(count('NVDA')).toBeGreaterThan(2 * count('NFLX'));
    expect(stream.values().every((value) => quoteSchema.safeParse(value).success)).toBe(true);
    await stream.leave();
  });

  it('stamps each quote with the time at which it was due', async () => {
    const live = new LiveApp();
    const stream = await live.open(`${PATH}?rate=4`);
    await live.pass(1_000);
    expect(stream.values<Quote>().map(({ timestamp }) => Date.parse(timestamp) - START_MS)).toEqual([
      0, 250, 500, 750, 1_000,
    ]);
    await stream.leave();
  });

  it('quotes only what was asked for, each symbol once however often it is named', async () => {
    const live = new LiveApp();
    const stream = await live.open(`${PATH}?symbols=KO,ZZTOP,KO&rate=50`);
    await live.pass(1_000);
    expect(new Set(stream.values<Quote>().map(({ stock }) => stock))).toEqual(new Set(['KO', 'ZZTOP']));
    await stream.leave();
  });

  it('gives two readers of the same feed the same events, and a late one the last quote at once', async () => {
    const live = new LiveApp();
    const first = await live.open(`${PATH}?rate=1`);
    await live.pass(5_200);
    const second = await live.open(`${PATH}?rate=1`);
    expect(second.ids).toEqual(first.ids.slice(-1));
    await live.pass(3_000);
    expect(second.events).toEqual(first.events.slice(5));
    await Promise.all([first.leave(), second.leave()]);
  });

  it('has one price for a symbol at one time, whichever feed it comes by', async () => {
    const live = new LiveApp();
    const one = await live.open(`${PATH}?symbols=AAPL&rate=10`);
    const other = await live.open(`${PATH}?symbols=AAPL&rate=5`);
    await live.pass(2_000);
    const byTime = new Map(one.values<Quote>().map((quote) => [quote.timestamp, quote]));
    const shared = other.values<Quote>();
    expect(shared.length).toBe(11);
    expect(shared.map((quote) => byTime.get(quote.timestamp))).toEqual(shared);
    await Promise.all([one.leave(), other.leave()]);
  });

  it.each([
    ['the header', (id: string) => ({ path: PATH, headers: { 'Last-Event-ID': id } })],
    ['the query', (id: string) => ({ path: `${PATH}?lastEventId=${id}`, headers: {} })],
    [
      'the header where both are there',
      (id: string) => ({ path: `${PATH}?lastEventId=x-1`, headers: { 'Last-Event-ID': id } }),
    ],
  ])('resumes by %s without loss or repeat', async (_name, request) => {
    const live = new LiveApp();
    const first = await live.open(PATH);
    await live.pass(1_000);
    await first.leave();
    live.clock.advance(30_000);
    const { path, headers } = request(first.ids.at(-1) ?? '');
    const second = await live.open(path, { ...headers });
    await live.pass(500);
    expect([...first.ids, ...second.ids].map(sequenceOf)).toEqual(range(1, 316));
    await second.leave();
  });

  it('says exactly how many are missed by who was away too long', async () => {
    const live = new LiveApp();
    const first = await live.open(`${PATH}?rate=1000`);
    await first.leave();
    live.clock.advance(60_000);
    const second = await live.open(`${PATH}?rate=1000`, { 'Last-Event-ID': first.ids[0] ?? '' });
    expect(second.events[0]).toMatchObject({ event: 'gap', data: '{"missed":50000}' });
    expect(sequenceOf(second.ids[1])).toBe(50_002);
    await second.leave();
  });

  it('can not know what was missed of another run', async () => {
    const live = new LiveApp();
    const stream = await live.open(PATH, { 'Last-Event-ID': 'c0ffee0000-17' });
    expect(stream.events[0]).toMatchObject({ event: 'gap', data: '{"missed":null}' });
    await stream.leave();
  });

  it('stops with its last reader', async () => {
    const live = new LiveApp();
    const stream = await live.open(`${PATH}?rate=100000`);
    expect(await live.json('/health')).toMatchObject({ activeStreams: 1 });
    await stream.leave();
    expect(await live.json('/health')).toMatchObject({ activeStreams: 0 });
    expect(live.clock.pending).toBe(0);
  });

  it.each([
    ['rate=0', 'rate'],
    ['rate=100001', 'rate'],
    ['rate=fast', 'rate'],
    ['symbols=aapl', 'symbols'],
    ['symbols=AAPL,', 'symbols'],
    [
      `symbols=${range(1, 51)
        .map((n) => `S${n}`)
        .join(',')}`,
      'symbols',
    ],
    [`lastEventId=${'x'.repeat(201)}`, 'lastEventId'],
  ])('refuses %s', async (query, name) => {
    const response = await new LiveApp().app.request(`${PATH}?${query}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ name }] });
  });
});
