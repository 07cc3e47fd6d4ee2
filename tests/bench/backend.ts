import { alternate, type Bench, type Demand, type Measurement, mean, ratio, summarise } from './bench.ts';
import {
  type BenchServer,
  startBareServer,
  startFastApiLoop,
  startStreamscope,
} from './processes/servers.ts';
import { cpuMs } from './processes/usage.ts';
import { readSocket } from './read-socket.ts';

const TICKER = '/stream/stock-ticker?rate=100000';
const FASTAPI_TICKER = '/stream/stock-ticker';

/** A feed that is taken up makes its last 10,000 events first. */
const WARM_UP_MS = 1_000;

interface Rates {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Enough for a server to have no rest, whatever the rate of one stream. */
const MANY_READERS = 4;

const MANY = `, ${MANY_READERS} readers`;

/** What all readers together get. */
async function measure(server: BenchServer, path: string, readers: number, windowMs: number): Promise<Rates> {
  const readings = await Promise.all(
    Array.from({ length: readers }, () =>
      readSocket(`${server.url}${path}`, {
        warmUpMs: WARM_UP_MS,
        windowMs,
        sample: () => cpuMs(server.pid),
      }),
    ),
  );
  const perMs = readings.reduce((sum, { events, elapsedMs }) => sum + events / elapsedMs, 0);
  const cpuShare = mean(readings.map(({ sampled, elapsedMs }) => sampled / elapsedMs));
  return { perSecond: perMs * 1_000, perCpuSecond: (perMs / cpuShare) * 1_000 };
}

async function compare(
  ours: BenchServer,
  bare: BenchServer,
  fastApi: BenchServer,
  quick: boolean,
): Promise<readonly Measurement[]> {
  const windowMs = quick ? 1_000 : 4_000;
  const contestants = [
    { name: 'ticker', server: ours, path: TICKER, readers: 1 },
    { name: 'bare loop', server: bare, path: '/', readers: 1 },
    { name: 'bare loop, one ready text', server: bare, path: '/ready', readers: 1 },
    { name: 'FastAPI', server: fastApi, path: FASTAPI_TICKER, readers: 1 },
    { name: `ticker${MANY}`, server: ours, path: TICKER, readers: MANY_READERS },
    { name: `bare loop${MANY}`, server: bare, path: '/', readers: MANY_READERS },
    { name: `FastAPI${MANY}`, server: fastApi, path: FASTAPI_TICKER, readers: MANY_READERS },
  ];
  const rounds = await alternate(
    contestants.map(
      ({ server, path, readers }) =>
        () =>
          measure(server, path, readers, windowMs),
    ),
    quick ? 2 : 5,
  );
  const ratesOf = (name: string, of: keyof Rates) =>
    (rounds[contestants.findIndex((contestant) => contestant.name === name)] ?? []).map((rates) => rates[of]);
  const against = (name: string, peer: string, of: keyof Rates, demand: Demand) =>
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
    against('ticker', 'FastAPI', 'perSecond', { atLeast: 5 }),
    against('ticker', 'FastAPI', 'perCpuSecond', { atLeast: 5 }),
    against(`ticker${MANY}`, `bare loop${MANY}`, 'perSecond', { atLeast: 1 }),
    against(`ticker${MANY}`, `FastAPI${MANY}`, 'perSecond', { atLeast: 5 }),
  ];
}

export const backendBench: Bench = {
  name: 'backend',
  question: 'How fast does the backend send ticker events, beside a bare node:http loop and FastAPI?',
  blindSpots: [
    'One ticker sends what its rate says, 100,000 events a second and no more: where the others are faster than that, or less than five times slower, the ratio with one reader shows the rate and not the server. With more readers, and by the cost of an event, it shows the server.',
    'The ticker makes an event once for all its readers, as a live feed does; the loops make it for each.',
    'Less than 100,000 from the ticker means that somebody else had the cores: its ring holds a tenth of a second of that rate, and a reader that is held up for longer is told of a gap.',
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
