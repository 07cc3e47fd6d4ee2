/**
 * Our ticker with the contract's bound on `rate` lifted, and otherwise the app and the bridge that `npm start` puts it behind:
 * what the code can do is more than the 100,000 events a second that one client may ask for.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/backend/app.ts';
import { bridge } from '../../../src/backend/hosts/node-bridge.ts';
import { registerTicker } from '../../../src/backend/ticker.ts';
import { decimalNumber } from '../../../src/contract/endpoint.ts';
import { tickerEndpoint } from '../../../src/contract/ticker.ts';

const rate = decimalNumber({ min: 0.1, max: 10_000_000, default: 10, description: 'Events a second' });
const endpoint = { ...tickerEndpoint, query: tickerEndpoint.query.extend({ rate }) };

const app = createApp(
  { dataDir: '.data', logFile: null, apiToken: null, corsOrigins: [], version: 'bench' },
  [(context) => registerTicker(context, endpoint)],
);
const server = createServer({ noDelay: true }, bridge(app));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`It is at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
