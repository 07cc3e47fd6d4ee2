/** The peer of the live feeds: `node:http` and a timer that writes one event a second to all who are there. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PERIOD_MS = 1_000;
const clients = new Set<ServerResponse>();
let sequence = 0;

/** `dueAtMs` is what the event says, as our ticker does: a timer that comes late is part of the lag. */
function tick(dueAtMs: number): void {
  sequence += 1;
  const event = `id: bare-${sequence}\ndata: {"stock":"AAPL","price":180.5,"change":0.5,"changePercent":0.28,"volume":${sequence},"timestamp":"${new Date(dueAtMs).toISOString()}"}\n\n`;
  for (const client of clients) client.write(event);
  const nextAtMs = dueAtMs + PERIOD_MS;
  setTimeout(() => tick(nextAtMs), nextAtMs - Date.now());
}
tick(Date.now());

const server = createServer({ noDelay: true }, (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  clients.add(response);
  response.once('close', () => clients.delete(response));
});
server.listen(0, '127.0.0.1', 2_048, () => {
  process.stdout.write(`It is at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
