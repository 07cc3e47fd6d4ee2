import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { moveSymbol, useTickerSettings } from './ticker-settings.ts';
import classes from './ticker-table.module.css';

/** What can be done with a watched symbol: move it in the list's own order, or take it out. */
export function RowTools({ symbol }: { symbol: string }) {
  const { symbols, sortBy, change } = useTickerSettings();
  const place = symbols.indexOf(symbol);
  if (place === -1) return null;
  const move = (by: -1 | 1) => change({ symbols: moveSymbol(symbols, symbol, by) });
  return (
    <span className={classes.toolset}>
      {sortBy === 'own' && (
        <>
          <Tool label={`Move ${symbol} up`} disabled={place === 0} onClick={() => move(-1)}>
            <IconChevronUp size={12} aria-hidden="true" />
          </Tool>
          <Tool label={`Move ${symbol} down`} disabled={place === symbols.length - 1} onClick={() => move(1)}>
            <IconChevronDown size={12} aria-hidden="true" />
          </Tool>
        </>
      )}
      <Tool
        label={`Remove ${symbol}`}
        disabled={symbols.length === 1}
        onClick={() => change({ symbols: symbols.filter((each) => each !== symbol) })}
      >
        <IconX size={12} aria-hidden="true" />
      </Tool>
    </span>
  );
}

interface ToolProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ label, disabled, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      {children}
    </button>
  );
}
