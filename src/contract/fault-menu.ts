import type { FaultName } from './faults.ts';

/** A fault as a menu shows it. */
export interface FaultChoice {
  readonly name: FaultName;
  readonly label: string;
  /** What the stream does. */
  readonly does: string;
  /** What a reader of it sees. */
  readonly seen: string;
  /** A value of `fault=` to begin with. */
  readonly example: string;
}

/** Every fault, in the order in which they act. How they count and work together is said in `faults.ts`. */
export const FAULT_MENU: readonly FaultChoice[] = [
  {
    name: 'delay',
    label: 'Late headers',
    does: 'Waits before it answers at all.',
    seen: 'Connecting for that long, then a stream as ever. A high TTFB, and gaps no longer than usual.',
    example: 'delay:3000',
  },
  {
    name: 'status',
    label: 'Error status',
    does: 'Answers with this status and problem+json instead of a stream; 429 and 503 with Retry-After: 2. 204 has no body.',
    seen: 'A failure. EventSource gives up for good at any status but 200; 204 tells every client to stop.',
    example: 'status:503',
  },
  {
    name: 'garble',
    label: 'Broken event',
    does: 'Cuts the content of event N, or of the first row of chunk N, in half and ends it with U+FFFD. In a JSON array the row is text; bytes are inverted. Framing and event ID stay whole.',
    seen: 'One message that cannot be parsed, between good ones. The rest goes on.',
    example: 'garble@3',
  },
  {
    name: 'stall',
    label: 'Stall',
    does: 'Sends nothing for a while after N events or chunks, no heartbeat either, then goes on.',
    seen: 'Stalled, with the connection still open. What a live feed had meanwhile comes in one burst.',
    example: 'stall@5:60000',
  },
  {
    name: 'drop',
    label: 'Cut connection',
    does: 'Cuts the connection as soon as N events or chunks are sent, on every connection anew.',
    seen: 'A network error, then a reconnect. With event IDs nothing is lost; without, whatever came in between is.',
    example: 'drop@20',
  },
  {
    name: 'one-behind',
    label: 'One behind',
    does: 'Keeps each chunk or event until the next one pushes it out. A heartbeat pushes too.',
    seen: 'The newest message is always missing; the first comes when the second is sent.',
    example: 'one-behind',
  },
  {
    name: 'first-kb',
    label: 'First kilobyte held',
    does: 'Keeps the first 1,024 bytes back until they are full or the stream ends, then streams.',
    seen: 'A slow start: headers at once, a late first byte with many messages in it.',
    example: 'first-kb',
  },
  {
    name: 'buffer',
    label: 'Buffering proxy',
    does: 'Keeps everything, headers and heartbeats too, until the stream ends. Cut at 64 MiB.',
    seen: 'All of it at once at the end; on a live feed nothing, for ever.',
    example: 'buffer',
  },
  {
    name: 'gzip',
    label: 'Compressing proxy',
    does: 'Compresses, and sends only when the compressor is full or the stream ends. For clients that accept gzip; others get the stream as it is.',
    seen: 'Content-Encoding: gzip, no Content-Length, and many messages in rare, large chunks.',
    example: 'gzip',
  },
  {
    name: 'truncate',
    label: 'Truncated body',
    does: 'Sends exactly this many bytes. A body of known length is then cut; any other ends cleanly, as behind a proxy that loses the rest.',
    seen: 'Half a message at the end, or a file that is too short. Without a length nothing else gives it away.',
    example: 'truncate@2000',
  },
  {
    name: 'idle',
    label: 'Idle timeout',
    does: 'Cuts the connection when nothing, not even a heartbeat, was sent for this long.',
    seen: 'Below the heartbeat interval of 8 s quiet streams are cut again and again; above it never.',
    example: 'idle:5000',
  },
  {
    name: 'age',
    label: 'Age limit',
    does: 'Cuts the connection this long after its headers, as load balancers do.',
    seen: 'A network error at regular intervals, in the middle of whatever is being sent.',
    example: 'age:30000',
  },
];
