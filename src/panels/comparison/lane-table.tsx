import { pageOriginMs } from '../../streams/wall-clock.ts';
import { formatCount, formatDuration } from '../../ui/format.ts';
import { type ComparisonState, type Lane, summarise } from './comparison-store.ts';
import classes from './lane-table.module.css';

const ms = (value: number | null) => (value === null ? '–' : formatDuration(value));

/** The two lanes in figures. */
export function LaneTable({ comparison }: { comparison: ComparisonState }) {
  const buffered = figures(comparison.buffered);
  const streamed = figures(comparison.streamed);
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>This run</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Buffered</th>
          <th scope="col">Streamed</th>
        </tr>
      </thead>
      <tbody>
        {buffered.map(({ name, title, value }, index) => (
          <tr key={name}>
            <th scope="row" title={title}>
              {name}
            </th>
            <td>{value}</td>
            <td>{streamed[index]?.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function figures(lane: Lane): { name: string; title: string; value: string }[] {
  const requestedAtEpochMs = lane.requestedAtMs === null ? null : pageOriginMs() + lane.requestedAtMs;
  const { firstRowMs, lastRowMs, rows, longestWaitMs } = summarise(lane, requestedAtEpochMs);
  return [
    { name: 'Headers', title: 'Request start to the headers of the answer', value: ms(lane.headersMs) },
    { name: 'First row', title: 'Request start to the first row the page can show', value: ms(firstRowMs) },
    { name: 'Last row', title: 'Request start to the last row the page can show', value: ms(lastRowMs) },
    { name: 'Rows', title: 'Rows that arrived', value: formatCount(rows) },
    {
      name: 'Longest wait (estimate)',
      title: "The longest a finished row waited to be shown: the server's clock against this machine's",
      value: longestWaitMs === null ? '–' : `≈ ${formatDuration(longestWaitMs)}`,
    },
  ];
}
