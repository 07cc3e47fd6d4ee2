import type {
  StreamRequest,
  Transport,
  TransportEvent,
  TransportOptions,
} from '../../../src/streams/types.ts';

/** One connection that the subscription under test opened, played by the test. */
export interface ScriptedConnection {
  readonly request: StreamRequest;
  readonly lastEventId: string | null;
  readonly signal: AbortSignal;
  /** What the subscription says at this moment to a browser that would reconnect by itself. */
  readonly mayBrowserReconnect: boolean;
  /** How many events were asked for. */
  readonly pulls: number;
  readonly returned: boolean;
  emit(event: TransportEvent): void;
  end(): void;
  fail(error: Error): void;
}

export interface ScriptedTransport extends Transport {
  readonly connections: readonly ScriptedConnection[];
  /** The nth connection (from 1), as soon as it is opened. */
  connection(number: number): Promise<ScriptedConnection>;
}

export function createScriptedTransport(): ScriptedTransport {
  const connections: ScriptedConnection[] = [];
  const waiting = new Map<number, (connection: ScriptedConnection) => void>();
  return {
    name: 'fetch',
    seesBytes: true,
    connections,
    connection(number) {
      const made = connections[number - 1];
      if (made) return Promise.resolve(made);
      return new Promise((resolve) => waiting.set(number, resolve));
    },
    open(request, options) {
      const played = play(request, options);
      connections.push(played.connection);
      waiting.get(connections.length)?.(played.connection);
      return played.events;
    },
  };
}

type Step = { event: TransportEvent } | { error: Error } | 'end';

function play(request: StreamRequest, { signal, lastEventId, mayBrowserReconnect }: TransportOptions) {
  const steps: Step[] = [];
  let asking: { resolve: (r: IteratorResult<TransportEvent>) => void; reject: (e: Error) => void } | null =
    null;
  let pulls = 0;
  let returned = false;
  const settle = () => {
    if (asking === null) return;
    const step = steps.shift();
    if (step === undefined) return;
    const { resolve, reject } = asking;
    asking = null;
    if (step === 'end') resolve({ done: true, value: undefined });
    else if ('error' in step) reject(step.error);
    else resolve({ done: false, value: step.event });
  };
  const add = (step: Step) => {
    steps.push(step);
    settle();
  };
  const end = () => add('end');
  signal.addEventListener('abort', end, { once: true });
  const connection: ScriptedConnection = {
    request,
    lastEventId,
    signal,
    get mayBrowserReconnect() {
      return mayBrowserReconnect?.() ?? false;
    },
    get pulls() {
      return pulls;
    },
    get returned() {
      return returned;
    },
    emit: (event) => add({ event }),
    end,
    fail: (error) => add({ error }),
  };
  const events: AsyncIterable<TransportEvent> = {
    [Symbol.asyncIterator]: () => ({
      next() {
        pulls += 1;
        return new Promise((resolve, reject) => {
          asking = { resolve, reject };
          settle();
        });
      },
      return() {
        returned = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  return { connection, events };
}
