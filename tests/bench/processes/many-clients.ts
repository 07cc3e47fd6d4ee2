/**
 * Many clients of one event stream, in a process of their own: `many-clients.ts URL CLIENTS WINDOW_MS`. Says `ready` once
 * every one has its first event, then measures, and writes its findings as one line of JSON.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

export interface ClientFindings {
  readonly clients: number;
  readonly events: number;
  /** Events that their IDs say are missing, what a `gap` event stood for, and what a client never got that another had. */
  readonly missing: number;
  /** Connections that ended before the window did. */
  readonly lost: number;
  /** Least and most events of one client. */
  readonly fewest: number;
  readonly most: number;
  readonly lagsMs: readonly number[];
}

const [url = '', clientCount = '0', windowMs = '0'] = process.argv.slice(2);
const { hostname, port, pathname, search, host } = new URL(url);
const REQUEST = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`;
/** As many at a time as any server's backlog takes. */
const OPENED_AT_ONCE = 100;
const EVENT = /^id: [a-z0-9]+-(\d+)\r?\n(event: gap\n)?data: ({.*})$/gm;

/** What another client had when the window ended may come so much later to one. After that it is missing. */
const GRACE_MS = 1_000;

let measuring = false;
/** The newest event that any client had when the window ended: what comes after it is not looked at. */
let lastOfWindow = Number.POSITIVE_INFINITY;
let lost = 0;
const lagsMs: number[] = [];

class Client {
  events = 0;
  missing = 0;
  /** The number of the newest event; null before the first. */
  last: number | null = null;
  readonly first: Promise<void>;
  #rest = '';
  #tellFirst: () => void = () => undefined;

  constructor() {
    this.first = new Promise((resolve) => {
      this.#tellFirst = resolve;
    });
  }

  async open(): Promise<void> {
    const socket = connect(Number(port), hostname);
    socket.setEncoding('latin1').on('data', (text) => this.#take(String(text)));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      lost += 1;
    });
    await untilOpen(socket);
    socket.write(REQUEST);
    await this.first;
  }

  /** A piece may end anywhere: what follows its last blank line waits for the next. */
  #take(text: string): void {
    const atMs = Date.now();
    const all = this.#rest + text;
    const end = all.lastIndexOf('\n\n') + 1;
    this.#rest = all.slice(end);
    for (const [, id, gap, data = ''] of all.slice(0, end).matchAll(EVENT)) {
      if (Number(id) > lastOfWindow) return;
      this.#count(Number(id), gap !== undefined);
      if (gap === undefined && measuring) lagsMs.push(atMs - timeOf(data));
    }
  }

  #count(id: number, isGap: boolean): void {
    // A gap has the ID of the last event that it stands for.
    if (this.last !== null) this.missing += isGap ? id - this.last : id - this.last - 1;
    this.last = id;
    if (isGap) return;
    if (measuring) this.events += 1;
    this.#tellFirst();
  }
}

const timeOf = (data: string) => Date.parse((JSON.parse(data) as { timestamp: string }).timestamp);

async function untilOpen(socket: Socket): Promise<void> {
  await once(socket, 'connect');
}

const clients = Array.from({ length: Number(clientCount) }, () => new Client());
for (let start = 0; start < clients.length; start += OPENED_AT_ONCE) {
  await Promise.all(clients.slice(start, start + OPENED_AT_ONCE).map((client) => client.open()));
}
process.stdout.write('ready\n');
measuring = true;
await setTimeout(Number(windowMs));
lastOfWindow = Math.max(...clients.map(({ last }) => last ?? 0));
await setTimeout(GRACE_MS);

const counts = clients.map(({ events }) => events);
const findings: ClientFindings = {
  clients: clients.length,
  events: lagsMs.length,
  // A client whose connection stays open and silent has no hole between two events: it lacks the newest ones.
  missing: clients.reduce((sum, { missing, last }) => sum + missing + lastOfWindow - (last ?? 0), 0),
  lost,
  fewest: Math.min(...counts),
  most: Math.max(...counts),
  lagsMs,
};
process.stdout.write(`findings ${JSON.stringify(findings)}\n`, () => process.exit());
