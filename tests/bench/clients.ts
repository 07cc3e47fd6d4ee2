import { alternate, type Bench, type BenchOptions, type Measurement, quantile } from './bench.ts';
import { startScript } from './processes/child.ts';
import type { ClientFindings } from './processes/many-clients.ts';
import { type BenchServer, startServing, startStreamscope } from './processes/servers.ts';
import { cpuMs, residentMb } from './processes/usage.ts';

interface ClientRound extends ClientFindings {
  /** Of the server, with all clients on it. */
  readonly residentMb: number;
  readonly cpuShare: number;
}

const MAX_LAG_MS = 250;

async function measure(
  url: string,
  server: BenchServer,
  clients: number,
  windowMs: number,
): Promise<ClientRound> {
  const reader = startScript('many-clients.ts', [url, String(clients), String(windowMs)]);
  try {
    await reader.line(/^ready$/);
    const startedAtMs = performance.now();
    const cpuBeforeMs = cpuMs(server.pid);
    const [, json = ''] = await reader.line(/^findings (.*)$/);
    const cpuShare = (cpuMs(server.pid) - cpuBeforeMs) / (performance.now() - startedAtMs);
    return { ...(JSON.parse(json) as ClientFindings), residentMb: residentMb(server.pid).now, cpuShare };
  } finally {
    await reader.stop();
  }
}

/** @param leastEvents what each client has to get; null where nothing is demanded. */
function rowsOf(
  name: string,
  rounds: readonly ClientRound[],
  leastEvents: number | null,
): readonly Measurement[] {
  const isOurs = leastEvents !== null;
  const lagsMs = rounds.flatMap((round) => round.lagsMs);
  const sum = (of: 'missing' | 'lost' | 'events') => rounds.reduce((total, round) => total + round[of], 0);
  return [
    { subject: `${name}: events received`, value: sum('events'), unit: 'events' },
    {
      subject: `${name}: events missing or connections lost`,
      value: sum('missing') + sum('lost'),
      unit: '',
      ...(isOurs && { demand: { atMost: 0 } }),
    },
    {
      subject: `${name}: fewest events of a client`,
      value: Math.min(...rounds.map(({ fewest }) => fewest)),
      unit: 'events',
      ...(isOurs && { demand: { atLeast: leastEvents } }),
    },
    { subject: `${name}: lag, median`, value: quantile(lagsMs, 0.5), unit: 'ms' },
    {
      subject: `${name}: lag, 99 %`,
      value: quantile(lagsMs, 0.99),
      unit: 'ms',
      ...(isOurs && { demand: { atMost: MAX_LAG_MS } }),
    },
    { subject: `${name}: lag, most`, value: quantile(lagsMs, 1), unit: 'ms' },
    {
      subject: `${name}: the server's memory with all on it`,
      value: Math.max(...rounds.map((round) => round.residentMb)),
      unit: 'MB RSS',
    },
    {
      subject: `${name}: the server's CPU`,
      value: Math.max(...rounds.map((round) => round.cpuShare * 100)),
      unit: '% of a core',
    },
  ];
}

async function compare(ours: BenchServer, bare: BenchServer, { quick, note }: BenchOptions) {
  const clients = quick ? 200 : 2_000;
  const windowMs = quick ? 5_000 : 30_000;
  note(`${clients} clients for ${windowMs / 1_000} s, ${quick ? 'once' : 'twice'} each in turn.`);
  const idle = residentMb(ours.pid).now;
  const [ourRounds = [], bareRounds = []] = await alternate(
    [
      () => measure(`${ours.url}/stream/stock-ticker?rate=1`, ours, clients, windowMs),
      () => measure(bare.url, bare, clients, windowMs),
    ],
    quick ? 1 : 2,
  );
  return [
    // One event a second, but for one that some clients had just before the window began and others just after.
    ...rowsOf('ticker', ourRounds, windowMs / 1_000 - 1),
    { subject: "ticker: the server's memory before any client", value: idle, unit: 'MB RSS' },
    ...rowsOf('bare node:http', bareRounds, null),
  ];
}

export const clientsBench: Bench = {
  name: 'clients',
  question: 'Do 2,000 clients at one event a second each get every event, and how late?',
  blindSpots: [
    'All clients read one feed, so all their events fall due at the same moment: the worst case for lag. They are one process that reads 2,000 sockets in turn: what it needs for that counts as lag too.',
    'The lag is from the time that the event says it is of (when it was due) to its arrival in the process, in whole milliseconds, over loopback.',
    'Of an event that never came there is no lag: it counts as missing, when another client had it by the end of the window and this one had it not a second later either.',
  ],
  async run(options) {
    const ours = await startStreamscope();
    try {
      const bare = await startServing('bare-clock.ts');
      try {
        return await compare(ours, bare, options);
      } finally {
        await bare.stop();
      }
    } finally {
      await ours.stop();
    }
  },
};
