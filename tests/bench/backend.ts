import {
  alternate,
  type Bench,
  type BenchOptions,
  type Demand,
  type Measurement,
  mean,
  ratio,
  summarise,
} from './bench.ts';
import { type BenchServer, startFastApiLoop, startServing, startStreamscope } from './processes/servers.ts';
import { cpuMs } from './processes/usage.ts';
import { readSocket } from './read-socket.ts';

/** The most that a client may ask for. */
const CONTRACT_RATE = 100_000;
/** More than that, which the code does where the contract does not stop it: tried upwards in steps. */
const LIFTED_STEP = 50_000;
const MOST_TRIED = 1_500_000;
const atRate = (rate: number) => `/stream/stock-ticker?rate=${rate}`;
const FASTAPI_TICKER = '/stream/stock-ticker';
/** Of what was asked for: a server that gives less could not keep up. */
const KEPT_UP = 0.98;

/** A feed that is taken up makes its last 10,000 events first. */
const WARM_UP_MS = 1_000;

interface Rates {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Enough for a server to have no rest, whatever the rate of one stream. */
const MANY_READERS = 4;

const MANY = `, ${MANY_READERS} readers`;
const LIFTED = 'ticker, its bound lifted';

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

/**
 * A rate that the server keeps with one reader: a step below the highest that it did, tried upwards until it does not. At that one
 * itself a moment of somebody else's would be a gap.
 */
async function keptRate(server: BenchServer, windowMs: number): Promise<number> {
  let kept = CONTRACT_RATE;
  for (let rate = CONTRACT_RATE + LIFTED_STEP; rate <= MOST_TRIED; rate += LIFTED_STEP) {
    const { perSecond } = await measure(server, atRate(rate), 1, windowMs);
    if (perSecond < rate * KEPT_UP) break;
    kept = rate;
  }
  return Math.max(CONTRACT_RATE, kept - LIFTED_STEP);
}

interface Servers {
  readonly ours: BenchServer;
  readonly unbounded: BenchServer;
  readonly bare: BenchServer;
  readonly fastApi: BenchServer;
}

async function compare(
  { ours, unbounded, bare, fastApi }: Servers,
  { quick, note }: BenchOptions,
): Promise<readonly Measurement[]> {
  const windowMs = quick ? 1_000 : 4_000;
  const liftedRate = await keptRate(unbounded, windowMs / 4);
  note(`With its bound lifted the ticker is asked for ${liftedRate.toLocaleString('en')} events a second.`);
  const contestants = [
    { name: 'ticker', server: ours, path: atRate(CONTRACT_RATE), readers: 1 },
    { name: LIFTED, server: unbounded, path: atRate(liftedRate), readers: 1 },
    { name: 'bare loop', server: bare, path: '/', readers: 1 },
    { name: 'bare loop, one ready text', server: bare, path: '/ready', readers: 1 },
    { name: 'FastAPI', server: fastApi, path: FASTAPI_TICKER, readers: 1 },
    { name: `ticker${MANY}`, server: ours, path: atRate(CONTRACT_RATE), readers: MANY_READERS },
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
  const keptUp = (name: string, rate: number): Measurement => ({
    ...summarise(
      `${name}: of the rate that was asked for`,
      ratesOf(name, 'perSecond').map((perSecond) => perSecond / rate),
      '×',
    ),
    demand: { atLeast: KEPT_UP },
  });
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
    keptUp('ticker', CONTRACT_RATE),
    keptUp(LIFTED, liftedRate),
    against(LIFTED, 'bare loop', 'perSecond', { atLeast: 1 }),
    against(LIFTED, 'bare loop, one ready text', 'perSecond'),
    against(LIFTED, 'FastAPI', 'perSecond', { atLeast: 5 }),
    // What the contract lets one reader have, whatever the server could give.
    against('ticker', 'bare loop', 'perSecond'),
    against('ticker', 'FastAPI', 'perSecond'),
    against('ticker', 'bare loop', 'perCpuSecond', { atLeast: 1 }),
    against('ticker', 'FastAPI', 'perCpuSecond', { atLeast: 5 }),
    against(`ticker${MANY}`, `bare loop${MANY}`, 'perSecond', { atLeast: 1 }),
    against(`ticker${MANY}`, `FastAPI${MANY}`, 'perSecond', { atLeast: 5 }),
  ];
}

export const backendBench: Bench = {
  name: 'backend',
  question: 'How fast does the backend send ticker events, beside a bare node:http loop and FastAPI?',
  blindSpots: [
    'One reader of one ticker gets what the rate says, 100,000 events a second and no more: a loop without a bound may be faster, whatever either server can do. So the same handler is measured with that bound lifted, too; and with more readers, and by the cost of an event.',
    'With the bound lifted it is still asked for a rate, one that it was seen to keep: its ratios say how many times the others it gives at least, and no npm start gives one reader that much. It runs from its sources, with no page and no other paths beside it.',
    'The bare loop makes and serialises each event, as the ticker does; the one with a ready text only writes it, and has no demand.',
    'The ticker makes an event once for all its readers, as a live feed does; the loops make it for each.',
    'Less from the ticker than was asked for means that it could not keep up, or that somebody else had the cores: its ring holds 10,000 events, and a reader that is held up for longer is told of a gap.',
    'The reader is on the same machine and takes its share of the cores; it counts blank lines and nothing else. FastAPI sends shorter events with no ID, as its pages show it.',
  ],
  async run(options) {
    const servers: BenchServer[] = [];
    const started = async (starting: Promise<BenchServer>) => {
      const server = await starting;
      servers.push(server);
      return server;
    };
    try {
      const all = {
        ours: await started(startStreamscope()),
        unbounded: await started(startServing('unbounded-ticker.ts')),
        bare: await started(startServing('bare-loop.ts')),
        fastApi: await started(startFastApiLoop()),
      };
      return await compare(all, options);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};
