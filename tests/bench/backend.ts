import { alternate, type Bench, type Demand, type Measurement, ratio, summarise } from './bench.ts';
import {
  type BenchServer,
  startBareServer,
  startFastApiLoop,
  startStreamscope,
} from './processes/servers.ts';
import { cpuMs } from './processes/usage.ts';
import { readSocket } from './read-socket.ts';

const TICKER = '/stream/stock-ticker?rate=100000';
/** Feeds of their own, so that together they may send more than the most that one sends. */
const FOUR_FEEDS = ['AAPL', 'MSFT', 'NVDA', 'TSLA'].map((symbol) => `${TICKER}&symbols=${symbol}`);

interface Rates {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Reads all the paths at once. */
async function measure(server: BenchServer, paths: readonly string[], windowMs: number): Promise<Rates> {
  const sample = () => cpuMs(server.pid);
  const readings = await Promise.all(
    paths.map((path) => readSocket(`${server.url}${path}`, { warmUpMs: windowMs / 4, windowMs, sample })),
  );
  const perSecond = readings.reduce((sum, { events, elapsedMs }) => sum + (events / elapsedMs) * 1_000, 0);
  const [first] = readings;
  const cpuShare = (first?.sampled ?? Number.NaN) / (first?.elapsedMs ?? Number.NaN);
  return { perSecond, perCpuSecond: perSecond / cpuShare };
}

async function compare(
  ours: BenchServer,
  bare: BenchServer,
  fastApi: BenchServer,
  quick: boolean,
): Promise<readonly Measurement[]> {
  const windowMs = quick ? 500 : 4_000;
  const contestants = [
    { name: 'ticker', server: ours, paths: [TICKER] },
    { name: 'bare loop', server: bare, paths: ['/'] },
    { name: 'bare loop, one ready text', server: bare, paths: ['/ready'] },
    { name: 'FastAPI', server: fastApi, paths: ['/stream/stock-ticker'] },
    { name: 'four tickers at once', server: ours, paths: FOUR_FEEDS },
    { name: 'four bare loops at once', server: bare, paths: ['/', '/', '/', '/'] },
  ];
  const rounds = await alternate(
    contestants.map(
      ({ server, paths }) =>
        () =>
          measure(server, paths, windowMs),
    ),
    quick ? 2 : 5,
  );
  const ratesOf = (name: string, of: keyof Rates) =>
    (rounds[contestants.findIndex((contestant) => contestant.name === name)] ?? []).map((rates) => rates[of]);
  const against = (name: string, peer: string, of: keyof Rates, demand?: Demand) =>
    ratio(
      `${name} / ${peer}, ${of === 'perSecond' ? 'events a second' : 'events per CPU second'}`,
      ratesOf(name, of),
      ratesOf(peer, of),
      demand,
    );
  return [
    ...contestants.flatMap(({ name }) => [
      summarise(name, ratesOf(name, 'perSecond'), 'events/s'),
      summarise(`${name}, the server's cost`, ratesOf(name, 'perCpuSecond'), 'events/CPU s'),
    ]),
    against('ticker', 'bare loop', 'perSecond', { atLeast: 1 }),
    against('ticker', 'bare loop', 'perCpuSecond', { atLeast: 1 }),
    against('four tickers at once', 'four bare loops at once', 'perSecond'),
    against('ticker', 'FastAPI', 'perSecond', { atLeast: 5 }),
    against('ticker', 'FastAPI', 'perCpuSecond', { atLeast: 5 }),
  ];
}

export const backendBench: Bench = {
  name: 'backend',
  question: 'How fast does the backend send ticker events, beside a bare node:http loop and FastAPI?',
  blindSpots: [
    'One ticker sends what its rate says, 100,000 events a second and no more: where the bare loop is faster than that, the first ratio shows the rate and not the server. The cost of an event shows the server.',
    'The reader is on the same machine and takes its share of the cores; it counts blank lines and nothing else. FastAPI sends shorter events with no ID, as its pages show it.',
  ],
  async run({ quick }) {
    const servers: BenchServer[] = [];
    try {
      const ours = await startStreamscope();
      servers.push(ours);
      const bare = await startBareServer('bare-loop.ts');
      servers.push(bare);
      const fastApi = await startFastApiLoop();
      servers.push(fastApi);
      return await compare(ours, bare, fastApi, quick);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};
