import type { BodyFormat } from '../../contract/endpoint.ts';
import type { ResponseFacts as Facts } from '../../streams/types.ts';
import { formatBytes, formatCount, formatDuration } from '../../ui/format.ts';
import type { InspectorState } from './inspector-store.ts';
import classes from './response-facts.module.css';

const formatNames: Record<BodyFormat, string> = {
  sse: 'an event stream',
  ndjson: 'NDJSON',
  json: 'JSON',
  'json-array': 'JSON',
  csv: 'CSV',
  lines: 'lines',
  text: 'text',
  bytes: 'bytes',
  html: 'HTML',
};

/** The status line and the totals. */
export function ResponseFacts({ state }: { state: InspectorState }) {
  const { connection, format, inspection } = state;
  const { wire } = connection;
  const native = inspection?.transport === 'EventSource';
  return (
    <div className={classes.facts}>
      <p className={classes.status}>
        <StatusBadge
          response={wire.response}
          opened={state.headersMs !== null}
          native={native}
          over={state.durationMs !== null}
        />
        {wire.response && (
          <span className={classes.type}>{wire.response.contentType ?? 'no content type'}</span>
        )}
        {format && <span>read as {formatNames[format]}</span>}
      </p>
      <dl className={classes.totals}>
        {totals(state).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function StatusBadge(props: { response: Facts | null; opened: boolean; native: boolean; over: boolean }) {
  const { response, opened, native, over } = props;
  if (response) {
    const tone = response.status >= 400 ? 'bad' : response.status >= 300 ? 'warn' : 'good';
    return (
      <strong className={classes.code} data-tone={tone}>
        {`${response.status} ${reasons[response.status] ?? ''}`.trim()}
      </strong>
    );
  }
  if (native && opened) return <span>Status and headers: not visible to EventSource</span>;
  return <span>{over ? 'No response' : 'Waiting for the response'}</span>;
}

function totals({
  connection,
  headersMs,
  durationMs,
}: InspectorState): readonly (readonly [string, string])[] {
  const { wire } = connection;
  const time = (ms: number | null) => (ms === null ? '–' : formatDuration(ms));
  return [
    ['Headers', time(headersMs)],
    ['First byte', wire.seesBytes ? time(wire.ttfbMs) : 'not visible'],
    ['Duration', time(durationMs)],
    ['Chunks', formatCount(wire.chunks)],
    ['Messages', formatCount(wire.events)],
    ['Body', wire.bytes === null ? 'not visible' : formatBytes(wire.bytes)],
    ['Longest gap', time(wire.longestGapMs)],
  ];
}
