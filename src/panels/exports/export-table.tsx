import { memo } from 'react';
import { formatCount } from '../../ui/format.ts';
import classes from './export-table.module.css';
import type { ExportState, NumberedRow } from './exports-store.ts';

/** The newest rows, newest on top, so that they are seen coming at any pace. */
export function ExportTable({ columns, preview }: Pick<ExportState, 'columns' | 'preview'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="Newest rows">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.map((row) => (
            <PreviewRow key={row.number} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const PreviewRow = memo(function PreviewRow({
  row,
  columns,
}: {
  row: NumberedRow;
  columns: readonly string[];
}) {
  return (
    <tr>
      <td className={classes.number}>{formatCount(row.number)}</td>
      {columns.map((column) => {
        const text = cellText(row.row[column]);
        return (
          <td key={column} title={text}>
            {text}
          </td>
        );
      })}
    </tr>
  );
});

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
