/** The peer of the ticker: `node:http`, one `write` an event, as fast as the socket takes them. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

let price = 180;

/** The fields of our ticker's events, made and serialised for each one as a page of documentation would do it. */
function madeEvent(sequence: number): string {
  price = Math.max(1, price + Math.random() - 0.5);
  const quote = {
    stock: 'AAPL',
    price: Math.round(price * 100) / 100,
    change: Math.round((price - 180) * 100) / 100,
    changePercent: Math.round((price / 180 - 1) * 10_000) / 100,
    volume: sequence,
    timestamp: new Date().toISOString(),
  };
  return `id: ${sequence}\ndata: ${JSON.stringify(quote)}\n\n`;
}

/** The cheapest there can be: the same text each time. */
const readyEvent = madeEvent(1);

function writeEvents(response: ServerResponse, eventOf: (sequence: number) => string): void {
  let sequence = 0;
  const write = () => {
    while (!response.destroyed) {
      sequence += 1;
      if (!response.write(eventOf(sequence))) {
        // A socket that drains at once would never let another reader in.
        response.once('drain', () => setImmediate(write));
        return;
      }
    }
  };
  write();
}

const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  writeEvents(response, request.url === '/ready' ? () => readyEvent : madeEvent);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`It is at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
