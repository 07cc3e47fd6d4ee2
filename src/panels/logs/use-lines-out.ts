import { useCallback, useEffect, useRef, useState } from 'react';
import type { StoreApi } from 'zustand';
import { formatCount } from '../../ui/format.ts';
import type { LogRow } from './log-line.ts';
import { rowText } from './log-text.ts';
import type { LogsState } from './logs-store.ts';
import { MAX_COPIED, saveTextFile, textOfShown } from './save-lines.ts';

const WORDS_STAY_MS = 4_000;

/** At a high rate the oldest lines may be let go of while others are written. */
const goneWords = (gone: number): string =>
  gone === 0 ? '' : `; ${formatCount(gone)} older ones were dropped meanwhile (pausing keeps them)`;

/** Copies and saves lines, and says what came of it. */
export function useLinesOut(store: StoreApi<LogsState>) {
  const [outcome, setOutcome] = useState('');
  const work = useRef(new AbortController());
  useEffect(() => {
    if (outcome === '') return;
    const timer = setTimeout(() => setOutcome(''), WORDS_STAY_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  useEffect(() => () => work.current.abort(), []);

  const copyText = useCallback(async (text: string, words: string) => {
    // Over plain HTTP there is none, but for the pages of this machine.
    if (!('clipboard' in navigator)) {
      setOutcome('Not copied: a browser lets only pages of HTTPS copy');
      return;
    }
    try {
      await navigator.clipboard.writeText(text);
      setOutcome(words);
    } catch (error) {
      setOutcome(`Not copied: ${error instanceof Error ? error.message : String(error)}`);
    }
  }, []);

  /** Null where something else was asked for meanwhile: half of the lines are worse than none. */
  const write = useCallback(
    async (most?: number) => {
      work.current.abort();
      work.current = new AbortController();
      const { signal } = work.current;
      const { matches, book } = store.getState();
      const written = await textOfShown(matches, book.rows, signal, most);
      return signal.aborted ? null : written;
    },
    [store],
  );

  const onCopy = useCallback(async () => {
    const shown = store.getState().matches.count;
    const written = await write(MAX_COPIED);
    if (written === null) return;
    const { parts, count, gone } = written;
    const last = shown > count + gone ? `The last ${formatCount(count)}` : formatCount(count);
    await copyText(parts.join(''), `${last} lines copied${goneWords(gone)}`);
  }, [store, write, copyText]);

  const onSave = useCallback(async () => {
    const written = await write();
    if (written === null) return;
    const { parts, count, gone } = written;
    saveTextFile(parts, `log-${new Date().toISOString().replaceAll(':', '-')}.txt`);
    setOutcome(`${formatCount(count)} lines saved${goneWords(gone)}`);
  }, [write]);

  const onCopyRow = useCallback((row: LogRow) => void copyText(rowText(row), 'Line copied'), [copyText]);
  return { outcome, onCopy: () => void onCopy(), onSave: () => void onSave(), onCopyRow };
}
