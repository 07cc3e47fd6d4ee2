import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { useStickToEnd } from './use-stick-to-end.ts';
import classes from './virtual-table.module.css';

export interface Column<R> {
  readonly title: string;
  readonly width?: number;
  readonly align?: 'right';
  /** Hidden where the table is narrow. */
  readonly minor?: boolean;
  readonly mono?: boolean;
  readonly cell: (row: R) => ReactNode;
}

interface VirtualTableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly count: number;
  readonly rowAt: (index: number) => R | undefined;
  readonly numberOf: (row: R) => number;
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
  /** Changes whenever the rows do. */
  readonly version: number;
}

const ROW_HEIGHT = 23;

function endOf(range: Range, height: number): Range {
  const startIndex = Math.max(0, range.count - Math.ceil(height / ROW_HEIGHT) - 1);
  return { ...range, startIndex, endIndex: range.count - 1 };
}

/** A table of any length, of which only the rows in sight are drawn. Its first column is the button that chooses a row. */
export function VirtualTable<R>(props: VirtualTableProps<R>) {
  const { label, columns, count, rowAt, version } = props;
  const scroller = useRef<HTMLElement>(null);
  const { atEnd, onScroll } = useStickToEnd(scroller, version);
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    // The scroll position follows a frame later than the rows: at its end the table draws its end, wherever it was.
    rangeExtractor: (range) =>
      defaultRangeExtractor(atEnd.current ? endOf(range, scroller.current?.clientHeight ?? 0) : range),
  });
  const items = list.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = list.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroller} className={classes.scroller} aria-label={label} tabIndex={0} onScroll={onScroll}>
      <table className={classes.table} aria-rowcount={count + 1}>
        <thead>
          <tr>
            {columns.map(({ title, width, align, minor }) => (
              <th key={title} scope="col" style={{ width }} data-align={align} data-minor={minor}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} />
          {items.map(({ index }) => {
            const row = rowAt(index);
            return row !== undefined && <TableRow key={index} {...props} row={row} index={index} />;
          })}
          <Spacer height={below} />
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ height }: { height: number }) {
  return height > 0 && <tr data-spacer="true" style={{ height }} />;
}

function TableRow<R>(props: VirtualTableProps<R> & { readonly row: R; readonly index: number }) {
  const { columns, row, index, numberOf, chosen, onChoose } = props;
  const number = numberOf(row);
  return (
    <tr data-chosen={number === chosen} aria-rowindex={index + 2} onClick={() => onChoose(number)}>
      {columns.map(({ title, align, minor, mono, cell }, column) => (
        <td key={title} data-align={align} data-minor={minor} data-mono={mono}>
          {column === 0 ? (
            <button type="button" className={classes.number} aria-pressed={number === chosen}>
              {cell(row)}
            </button>
          ) : (
            cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}
