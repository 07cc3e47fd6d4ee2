import { memo } from 'react';
import { ArrivalLane } from './arrival-lane.tsx';
import { formatBytes, formatCount, formatDuration, formatRate } from './format.ts';
import type { ConnectionStatus, NewestWire, WireReadings } from './readings.ts';
import { useNow } from './use-now.ts';
import { useThrottled } from './use-throttled.ts';
import classes from './wire-strip.module.css';

/** A rate older than this describes the past: nothing came since. */
const RATE_EXPIRES_MS = 2_000;

const openStatuses: ReadonlySet<ConnectionStatus> = new Set([
  'connecting',
  'live',
  'stalled',
  'reconnecting',
  'paused',
]);

/** As often as an eye reads figures that change. */
const REDRAW_MS = 250;

interface WireStripProps {
  readonly wire: WireReadings;
  readonly status: ConnectionStatus;
  /** What has come, where that may be more than what is drawn. It stays the same function. */
  readonly newestWire?: NewestWire | undefined;
}

/** The wire view every panel has: each chunk's arrival on a lane, and the measurements as a description list. */
export function WireStrip({ wire, ...props }: WireStripProps) {
  const shown = useThrottled(wire, REDRAW_MS, props.status);
  return <Strip wire={shown} {...props} />;
}

const Strip = memo(function Strip({ wire, status, newestWire }: WireStripProps) {
  const open = openStatuses.has(status);
  const nowMs = useNow(REDRAW_MS, open);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form fields; these are readings
    <div role="group" aria-label="Wire" className={classes.strip}>
      <ArrivalLane
        arrivals={wire.arrivals}
        marks={wire.marks}
        requestedAtMs={wire.requestedAtMs}
        nowMs={open ? nowMs : null}
      />
      <dl className={classes.terms}>
        {readings(wire, open ? nowMs : null, newestWire).map(({ term, value, title, tone, wide }) => (
          <div key={term} className={classes.reading} data-tone={tone} data-wide={wide}>
            <dt>{term}</dt>
            <dd title={title ?? value}>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
});

interface Reading {
  readonly term: string;
  readonly value: string;
  readonly title?: string;
  readonly tone?: 'warn' | 'faint';
  /** Longer than a number: takes two columns where there are enough. */
  readonly wide?: true;
}

const NOT_VISIBLE = 'not visible';
const NOT_VISIBLE_TITLE = 'EventSource hides bytes, headers and comments from the page';

const UNSEEN_REQUEST_TITLE = 'The browser reconnected by itself: when it sent its request, a page can’t see';

function hidden(term: string, title = NOT_VISIBLE_TITLE): Reading {
  return { term, value: NOT_VISIBLE, title, tone: 'faint' };
}

const duration = (term: string, ms: number | null): Reading => ({
  term,
  value: ms === null ? '–' : formatDuration(ms),
});

function readings(wire: WireReadings, nowMs: number | null, newestWire?: NewestWire): Reading[] {
  const blind = wire.transport !== null && !wire.seesBytes;
  return [
    blind ? hidden('TTFB') : duration('TTFB', wire.ttfbMs),
    wire.requestSeen
      ? duration('First event', wire.firstEventMs)
      : hidden('First event', UNSEEN_REQUEST_TITLE),
    { term: 'Events', value: formatCount(wire.events) },
    blind ? hidden('Bytes') : { term: 'Bytes', value: wire.bytes === null ? '–' : formatBytes(wire.bytes) },
    rateReading(wire, nowMs, newestWire),
    duration('Longest gap', wire.longestGapMs),
    {
      term: 'Reconnects',
      value: formatCount(wire.reconnects),
      ...(wire.reconnects > 0 && { tone: 'warn' as const }),
    },
    { term: 'Last event ID', value: wire.lastEventId ?? '–', wide: true },
    { term: 'Transport', value: wire.transport ?? '–', wide: true },
    ...losses(wire),
  ];
}

function rateReading(drawn: WireReadings, nowMs: number | null, newestWire?: NewestWire): Reading {
  // A page that is busy, or keeps clear of one who types, draws late: what it has not drawn yet came all the same.
  const wire = newestWire !== undefined && isExpired(drawn, nowMs) ? newestWire() : drawn;
  const expired = isExpired(wire, nowMs);
  const events = expired ? 0 : wire.eventsPerSecond;
  const bytes = expired ? 0 : wire.bytesPerSecond;
  const value = formatRate(events);
  return { term: 'Rate', value, title: bytes === null ? value : `${value} · ${formatBytes(bytes)}/s` };
}

function isExpired({ arrivals }: WireReadings, nowMs: number | null): boolean {
  const lastAtMs = arrivals.at(-1)?.atMs;
  return nowMs !== null && lastAtMs !== undefined && nowMs - lastAtMs > RATE_EXPIRES_MS;
}

const HOLES_TITLE =
  'These events have no IDs to resume from: what was sent while the connection was gone may be lost';

/** What is not whole: shown only once there is something to show. */
function losses(wire: WireReadings): Reading[] {
  const missed = wire.missedUnknown ? `${formatCount(wire.missed)} + ?` : formatCount(wire.missed);
  const all: readonly (Reading & { readonly shown: boolean })[] = [
    { term: 'Malformed', value: formatCount(wire.malformed), tone: 'warn', shown: wire.malformed > 0 },
    { term: 'Dropped', value: formatCount(wire.dropped), tone: 'warn', shown: wire.dropped > 0 },
    { term: 'Missed', value: missed, tone: 'warn', shown: wire.missed > 0 || wire.missedUnknown },
    {
      term: 'Repeated',
      value: formatCount(wire.repeated),
      title: 'Events that came again after a reconnect, and were left out',
      tone: 'faint',
      shown: wire.repeated > 0,
    },
    {
      term: 'Holes',
      value: `${formatCount(wire.holes)} · ${formatDuration(wire.holesMs)}`,
      title: HOLES_TITLE,
      tone: 'warn',
      wide: true,
      shown: wire.holes > 0,
    },
  ];
  return all.filter((reading) => reading.shown);
}
