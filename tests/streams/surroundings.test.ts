import { describe, expect, test } from 'vitest';
import { createSurroundings, isLoopback, type SurroundingsChange } from '../../src/streams/surroundings.ts';
import { createManualClock } from './doubles/manual-clock.ts';

function listen() {
  const clock = createManualClock();
  let sleptMs = 0;
  const scope = Object.assign(new EventTarget(), { navigator: { onLine: true } });
  const surroundings = createSurroundings({ scope, clock, wallMs: () => clock.nowMs() + sleptMs });
  const changes: SurroundingsChange[] = [];
  const leave = surroundings.subscribe((change) => changes.push(change));
  const send = (type: string, persisted = false) =>
    scope.dispatchEvent(Object.assign(new Event(type), { persisted }));
  const sleep = (ms: number) => {
    sleptMs += ms;
  };
  return { clock, surroundings, changes, leave, send, sleep, scope };
}

describe('the surroundings of a page', () => {
  test('tell of the network', () => {
    const { changes, send, surroundings, scope } = listen();
    expect(surroundings.online).toBe(true);
    scope.navigator.onLine = false;
    send('offline');
    expect(surroundings.online).toBe(false);
    send('online');
    expect(changes).toEqual(['offline', 'online']);
  });

  test('tell of the back/forward cache, and not of a page that is left for good', () => {
    const { changes, send } = listen();
    send('pageshow');
    send('pagehide', true);
    send('pageshow', true);
    send('pagehide');
    expect(changes).toEqual(['suspend', 'restore']);
  });

  test('tell of a sleep once, and not of the late timers of a hidden tab', () => {
    const { changes, clock, sleep } = listen();
    clock.advance(60_000);
    sleep(60_000);
    clock.advance(60_000);
    expect(changes).toEqual([]);
    sleep(3_600_000);
    clock.advance(60_000);
    expect(changes).toEqual(['wake']);
  });

  test('leave no timer and no listener behind', () => {
    const { changes, clock, leave, send, surroundings } = listen();
    const other = surroundings.subscribe(() => undefined);
    leave();
    expect(clock.pending).toBe(1);
    other();
    expect(clock.pending).toBe(0);
    send('offline');
    expect(changes).toEqual([]);
  });

  test('are online and silent where there is neither page nor worker', () => {
    const surroundings = createSurroundings({ scope: {}, clock: createManualClock() });
    expect(surroundings.online).toBe(true);
    surroundings.subscribe(() => undefined)();
  });
});

test.each([
  ['http://localhost:8000/x', true],
  ['http://feeds.localhost/x', true],
  ['http://127.3.2.1/x', true],
  ['http://[::1]:8000/x', true],
  ['http://10.0.0.1/x', false],
  ['http://localhost.example.com/x', false],
  ['nowhere', false],
])('%s leads to this machine: %s', (url, expected) => {
  expect(isLoopback(url)).toBe(expected);
});
