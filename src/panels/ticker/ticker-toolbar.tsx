import { ActionIcon, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconChartCandle, IconChartLine, IconPlus } from '@tabler/icons-react';
import { type FormEvent, memo, useState } from 'react';
import { formatCount } from '../../ui/format.ts';
import { CHART_WINDOWS, type ChartWindow, RATES, readSymbol, useTickerSettings } from './ticker-settings.ts';
import classes from './ticker-toolbar.module.css';

const windowLabels: Record<ChartWindow, string> = { '1m': '1 min', '5m': '5 min', all: 'All' };

/** What to ask for and how to see it: the rate, one more symbol, the chart's window. */
export const TickerToolbar = memo(function TickerToolbar() {
  const { rate, chartWindow, change } = useTickerSettings();
  return (
    <>
      <NativeSelect
        size="xs"
        w={102}
        aria-label="Events a second"
        value={rate}
        data={RATES.map((each) => ({ value: String(each), label: `${formatCount(each)}/s` }))}
        onChange={(event) => {
          const chosen = RATES.find((each) => String(each) === event.currentTarget.value);
          if (chosen) change({ rate: chosen });
        }}
      />
      <AddSymbol />
      <ChartStyleSwitch />
      <SegmentedControl
        size="xs"
        aria-label="Chart window"
        value={chartWindow}
        data={CHART_WINDOWS.map((value) => ({ value, label: windowLabels[value] }))}
        onChange={(value) => change({ chartWindow: CHART_WINDOWS.find((each) => each === value) ?? '5m' })}
      />
    </>
  );
});

function ChartStyleSwitch() {
  const { chartStyle, change } = useTickerSettings();
  const other = chartStyle === 'line' ? 'candles' : 'line';
  return (
    <ActionIcon
      className={classes.style ?? ''}
      variant="default"
      size={30}
      aria-label={`Show ${other}`}
      title={`Show ${other}`}
      onClick={() => change({ chartStyle: other })}
    >
      {chartStyle === 'line' ? <IconChartCandle size={16} /> : <IconChartLine size={16} />}
    </ActionIcon>
  );
}

function AddSymbol() {
  const { symbols, change } = useTickerSettings();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);

  const add = (event: FormEvent) => {
    event.preventDefault();
    const read = readSymbol(text, symbols);
    if ('error' in read) {
      setError(read.error);
      return;
    }
    change({ symbols: [...symbols, read.symbol], chosen: read.symbol });
    setText('');
    setError(null);
  };

  return (
    <form className={classes.add} onSubmit={add}>
      <TextInput
        size="xs"
        aria-label="Add a symbol"
        placeholder="Add symbol"
        autoComplete="off"
        spellCheck={false}
        maxLength={10}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(null);
        }}
        rightSection={
          <ActionIcon
            type="submit"
            variant="subtle"
            color="gray"
            size="xs"
            aria-label="Add"
            disabled={text.trim() === ''}
          >
            <IconPlus size={13} />
          </ActionIcon>
        }
      />
    </form>
  );
}
