import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { initialConnectionView } from '../../src/streams/connection-view.ts';
import type { WireMeasurements } from '../../src/streams/types.ts';
import { ConnectionBadge } from '../../src/ui/connection-badge.tsx';
import { StreamControls } from '../../src/ui/stream-controls.tsx';
import { WireStrip } from '../../src/ui/wire-strip.tsx';

function showWire(wire: Partial<WireMeasurements>) {
  render(<WireStrip wire={{ ...initialConnectionView.wire, ...wire }} status="ended" />);
}

describe('a wire view', () => {
  test('says nothing of losses where there are none', () => {
    showWire({ requestedAtMs: 0 });
    for (const term of ['Missed', 'Repeated', 'Holes', 'Dropped'])
      expect(screen.queryByText(term)).not.toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  test('says how often a reconnect may have lost events that have no IDs, and how long that was', () => {
    showWire({ holes: 2, holesMs: 3_400, marks: [{ type: 'hole', atMs: 10, durationMs: 3_400 }] });
    expect(screen.getByText('Holes').nextElementSibling).toHaveTextContent('2 · 3.40 s');
    expect(screen.getByRole('img', { name: /nothing is known of the 3\.40 s before this/i })).toBeVisible();
  });

  test('does not guess when the browser sent a request of its own', () => {
    showWire({ transport: 'EventSource', requestedAtMs: 5, requestSeen: false });
    expect(screen.getByText('First event').nextElementSibling).toHaveTextContent('not visible');
  });

  test('marks where events are missing, and counts what came again', () => {
    const marks = [
      { type: 'gap', atMs: 10, missed: 1_200 },
      { type: 'gap', atMs: 20, missed: null },
    ] as const;
    showWire({ missed: 1_200, missedUnknown: true, repeated: 4, marks });
    expect(screen.getByText('Repeated').nextElementSibling).toHaveTextContent('4');
    expect(screen.getByText('Missed').nextElementSibling).toHaveTextContent('1,200 + ?');
    expect(screen.getByRole('img', { name: '1,200 events are missing here' })).toBeVisible();
    expect(
      screen.getByRole('img', { name: 'Events may be missing here, nobody knows how many' }),
    ).toBeVisible();
  });
});

describe('the rate of a stream', () => {
  const arrivedAt = (atMs: number, eventsPerSecond: number): Partial<WireMeasurements> => ({
    eventsPerSecond,
    arrivals: [{ atMs, byteLength: null, messages: 1 }],
  });
  const rateOf = (drawn: Partial<WireMeasurements>, newest: Partial<WireMeasurements>) => {
    const { wire } = initialConnectionView;
    render(
      <WireStrip wire={{ ...wire, ...drawn }} status="live" newestWire={() => ({ ...wire, ...newest })} />,
    );
    return screen.getByText('Rate').nextElementSibling;
  };

  test('is 0 once nothing has come for two seconds', () => {
    const nowMs = performance.now();
    const silent = arrivedAt(nowMs - 2_500, 10_000);
    expect(rateOf(silent, silent)).toHaveTextContent(/^0\/s$/);
  });

  test('is not 0 because the page draws late what comes', () => {
    const nowMs = performance.now();
    expect(rateOf(arrivedAt(nowMs - 2_500, 9_000), arrivedAt(nowMs - 20, 10_000))).toHaveTextContent(
      '10,000/s',
    );
  });
});

describe('the wait for the next try', () => {
  test('is told in seconds', () => {
    render(<ConnectionBadge status="reconnecting" retryAtMs={performance.now() + 2_600} />);
    expect(screen.getByText(/^in [23] s$/)).toBeVisible();
  });

  test('is a wait for the network where there is none', () => {
    render(<ConnectionBadge status="reconnecting" retryAtMs={0} waitingFor="network" />);
    expect(screen.getByText('when online')).toBeVisible();
  });

  test('is the browser’s own where it reconnects by itself, and no more than a guess', () => {
    const wait = (retryAtMs: number) => (
      <ConnectionBadge status="reconnecting" retryAtMs={retryAtMs} waitingFor="browser" />
    );
    const { rerender } = render(wait(performance.now()));
    expect(screen.getByText('by the browser')).toBeVisible();
    rerender(wait(performance.now() + 2_600));
    expect(screen.getByText(/^by the browser, in about [23] s$/)).toBeVisible();
  });

  test.each([
    ['reconnecting', true],
    ['stalled', true],
    ['live', false],
    ['connecting', false],
  ] as const)('while %s it can be cut short: %s', (status, offered) => {
    const onReconnect = vi.fn();
    const nothing = () => undefined;
    render(
      <MantineProvider>
        <StreamControls status={status} onStart={nothing} onStop={nothing} onReconnect={onReconnect} />
      </MantineProvider>,
    );
    const button = screen.queryByRole('button', { name: 'Reconnect now' });
    expect(button !== null).toBe(offered);
    button?.click();
    expect(onReconnect).toHaveBeenCalledTimes(offered ? 1 : 0);
  });
});
