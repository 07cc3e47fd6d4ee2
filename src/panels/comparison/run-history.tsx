import { formatDuration } from '../../ui/format.ts';
import { summarise } from './comparison-store.ts';
import classes from './lane-table.module.css';
import type { FinishedRun } from './use-comparison.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const firstRow = (lane: FinishedRun['comparison']['buffered']) => {
  const { firstRowMs } = summarise(lane, null);
  return firstRowMs === null ? lane.status : formatDuration(firstRowMs);
};

/** Every run of this page, the newest first: time to the first row of each lane. */
export function RunHistory({ runs }: { runs: readonly FinishedRun[] }) {
  if (runs.length === 0) return null;
  return (
    <table className={classes.table} style={{ marginTop: 14 }}>
      <caption className={classes.caption}>First row, run by run</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Buffered</th>
          <th scope="col">Streamed</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, finishedAt, rows, delay, comparison }) => (
          <tr key={id}>
            <th scope="row">
              {clock.format(finishedAt)} · {rows} × {delay} ms
            </th>
            <td>{firstRow(comparison.buffered)}</td>
            <td>{firstRow(comparison.streamed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
