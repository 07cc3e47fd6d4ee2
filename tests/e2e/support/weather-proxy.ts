import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** `calm` passes everything on, `storm` cuts, stalls and throttles every connection, `down` takes none. */
export type Weather = 'calm' | 'storm' | 'down';

/** A TCP proxy with weather. What it does to its nth connection follows from the seed alone. */
export interface WeatherProxy {
  /** With no slash at its end. */
  readonly url: string;
  /** Connections that were taken so far. */
  readonly connections: number;
  /** Connections that the storm cut so far. */
  readonly cuts: number;
  /** Holds for connections from now on. Bad weather ends those that are open: the storm spares none. */
  setWeather(weather: Weather): void;
  /** Holds for connections from now on: the reconnection time that the server asks for is made shorter by this factor. */
  setTimesFaster(factor: number): void;
  close(): Promise<void>;
}

type Fate = { readonly cutAfterBytes: number } & (
  | { readonly type: 'cut' }
  | { readonly type: 'stall'; readonly forMs: number }
  | { readonly type: 'throttle'; readonly pieceBytes: number }
);

const MIN_BYTES = 100;
const MAX_BYTES = 7_000;
const MAX_STALL_MS = 60;
const MAX_PIECE_BYTES = 600;

export async function startWeatherProxy(upstream: string, seed: number): Promise<WeatherProxy> {
  const { hostname, port } = new URL(upstream);
  const random = createRandom(seed);
  const sockets = new Set<Socket>();
  let weather: Weather = 'calm';
  let timesFaster = 1;
  let connections = 0;
  let cuts = 0;

  const server = createServer((client) => {
    if (weather === 'down') {
      client.destroy();
      return;
    }
    connections += 1;
    const backend = connect(Number(port), hostname);
    for (const socket of [client, backend]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // What a cut connection still reports is the cut.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    const end = () => {
      client.destroy();
      backend.destroy();
    };
    client.on('close', end);
    client.pipe(backend);
    const fast = hastenRetry(timesFaster);
    if (weather === 'calm') {
      backend.on('data', (bytes: Buffer) => {
        if (client.write(fast(bytes))) return;
        backend.pause();
        client.once('drain', () => backend.resume());
      });
      backend.on('close', end);
      return;
    }
    sendThroughStorm(backend, client, nextFate(random), {
      onCut: () => {
        cuts += 1;
      },
      end,
      fast,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    get connections() {
      return connections;
    },
    get cuts() {
      return cuts;
    },
    setWeather(next) {
      weather = next;
      if (next !== 'calm') endAll();
    },
    setTimesFaster(factor) {
      timesFaster = factor;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        endAll();
      }),
  };
}

/** As many bytes as before, so that the framing of the body holds. A stream names its reconnection time at its start. */
function hastenRetry(factor: number): (bytes: Buffer) => Buffer {
  let found = factor === 1;
  return (bytes) => {
    if (found) return bytes;
    const text = bytes.toString('latin1');
    const faster = text.replace(/(?<=\nretry: )\d+(?=\n)/, (digits) => {
      found = true;
      return String(Math.ceil(Number(digits) / factor)).padStart(digits.length, '0');
    });
    return Buffer.from(faster, 'latin1');
  };
}

function nextFate(random: () => number): Fate {
  const cutAfterBytes = Math.floor(MIN_BYTES + random() * (MAX_BYTES - MIN_BYTES));
  const kind = random();
  if (kind < 0.6) return { type: 'cut', cutAfterBytes };
  if (kind < 0.8) return { type: 'stall', cutAfterBytes, forMs: Math.floor(random() * MAX_STALL_MS) };
  return { type: 'throttle', cutAfterBytes, pieceBytes: 1 + Math.floor(random() * MAX_PIECE_BYTES) };
}

interface Cut {
  readonly onCut: () => void;
  /** Takes both ends down. */
  readonly end: () => void;
  /** Makes what is passed on fit a time that goes faster. */
  readonly fast: (bytes: Buffer) => Buffer;
}

/** Passes so many bytes on, wherever in an event or a character that ends, and cuts. */
function sendThroughStorm(backend: Socket, client: Socket, fate: Fate, { onCut, end, fast }: Cut): void {
  let rest = fate.cutAfterBytes;
  const endOfLuck = () => {
    backend.pause();
    onCut();
    if (fate.type === 'stall') setTimeout(end, fate.forMs);
    // What was written before must arrive: a cut is no reset.
    else client.end(end);
  };
  const pieceBytes = fate.type === 'throttle' ? fate.pieceBytes : MAX_BYTES;
  const send = (bytes: Buffer) => {
    if (client.destroyed || rest <= 0) return;
    const piece = bytes.subarray(0, Math.min(pieceBytes, rest));
    rest -= piece.length;
    client.write(piece);
    if (rest <= 0) endOfLuck();
    else if (piece.length < bytes.length) setImmediate(send, bytes.subarray(piece.length));
    else backend.resume();
  };
  backend.on('data', (bytes: Buffer) => {
    backend.pause();
    send(fast(bytes));
  });
  backend.on('close', () => rest > 0 && client.destroy());
}

/** mulberry32: numbers from 0 to 1, the same ones for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
