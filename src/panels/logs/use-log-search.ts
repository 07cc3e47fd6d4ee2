import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { holdPacedFrames } from '../../store/paced-frames.ts';
import type { PacedStore } from '../../store/paced-store.ts';
import { ExpressionSearch, type FailedExpression } from './expression-search.ts';
import { type FoundRange, findText } from './find-in-text.ts';
import { runInSlices, yieldToPage } from './in-slices.ts';
import type { LogMatches } from './log-matches.ts';
import { isSearchedInSlices, type LogsState, lookOn, takeAnswers } from './logs-store.ts';
import type { FindRanges } from './marked-text.tsx';

const NOTHING: readonly FoundRange[] = [];
const findNothing: FindRanges = () => NOTHING;

/**
 * Does what a filter has to do beyond one frame: slices of a long log, and regular expressions in their worker.
 *
 * @param expecting whether an expression is about to be typed: the worker gets what it will search before it is asked
 */
export function useLogSearch(
  store: PacedStore<LogsState>,
  state: LogsState,
  expecting: boolean,
  onFailed: (failed: FailedExpression) => void,
): FindRanges {
  const { search } = state.filter;
  const source = search.type === 'expression' ? search.source : null;
  const asked = useStore(store, askedSource);
  const searching = expecting || asked !== null;
  const [marks, setMarks] = useState<Marks>(noMarks);
  const [lost, setLost] = useState(0);
  const wanted = useRef(new Set<string>());
  const worker = useRef<ExpressionSearch | null>(null);
  const answers = useStore(store, answersOf);
  const sending = expecting || answers !== null;

  useSlices(store);
  useHeldFrames(store);

  // The worker stays while expressions are typed, because it holds the texts.
  useEffect(() => {
    if (!searching) return;
    const made = new ExpressionSearch({
      onFound: (positions, end) => {
        const asking = answersOf(store.getState());
        if (asking === null) return;
        asking.take(positions, end);
        // Of lines that come; whoever waits for an answer gets it at once.
        if (store.getState().nextMatches === null) store.take(takeAnswers);
        else store.setState(takeAnswers);
      },
      onMarked: (of, texts, ranges) => setMarks((before) => marksWith(before, of, texts, ranges)),
      onTrouble: (failed) => {
        onFailed(failed);
        // It was busy with what was asked for before: what is asked for now waits still, and nobody is there to answer.
        const isPast = failed.trouble === 'too-slow' && failed.source !== askedSource(store.getState());
        if (isPast) setLost((count) => count + 1);
      },
    });
    worker.current = made;
    return () => {
      worker.current = null;
      made.close();
    };
  }, [searching, store, onFailed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `searching` says that there is another worker, `asked` and `lost` that one may have ended
  useEffect(() => {
    worker.current?.search(answers?.source ?? null);
  }, [answers, asked, searching, lost]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that rows have come, the others as above
  useEffect(() => {
    const searcher = worker.current;
    if (searcher === null || !sending) return;
    const controller = new AbortController();
    void runInSlices(() => searcher.send(store.getState().book.rows), controller.signal);
    return () => controller.abort();
  }, [answers, asked, lost, sending, state.version, store]);

  const askForMarks = useCallback(() => {
    if (source === null || wanted.current.size === 0) return;
    if (worker.current?.mark(source, [...wanted.current])) wanted.current.clear();
  }, [source]);
  // What had to wait: for its worker, or for the answer to another question, with which this is drawn again.
  useEffect(askForMarks);

  return useMemo<FindRanges>(() => {
    if (search.type === 'none') return findNothing;
    if (search.type === 'text') return (text) => findText(text, search.text);
    return (text) => {
      const ranges = marks.source === search.source ? marks.ranges.get(text) : undefined;
      if (ranges !== undefined) return ranges;
      // Once for all rows of a redraw. A scroll draws the list alone, so that no effect here would ask.
      if (wanted.current.size === 0) queueMicrotask(askForMarks);
      wanted.current.add(text);
      return NOTHING;
    };
  }, [search, marks, askForMarks]);
}

/** Of what is searched for, shown or not. */
const answersOf = ({ nextMatches, matches }: LogsState) => (nextMatches ?? matches).answers;

const askedSource = ({ filter: { search } }: LogsState): string | null =>
  search.type === 'expression' ? search.source : null;

/** Looks on at what the store has to look at, shown or not. */
function useSlices(store: PacedStore<LogsState>): void {
  useEffect(() => {
    let controller = new AbortController();
    let lookedAt: LogMatches | null = null;
    const follow = () => {
      const state = store.getState();
      const { nextMatches } = state;
      if (nextMatches === lookedAt) return;
      lookedAt = nextMatches;
      controller.abort();
      controller = new AbortController();
      if (!isSearchedInSlices(state)) return;
      const { signal } = controller;
      const look = () => {
        store.setState(lookOn);
        return store.getState().nextMatches !== nextMatches;
      };
      // The page first does what it is about to do, and what it is in the middle of: what is found is drawn at once.
      void yieldToPage().then(() => runInSlices(look, signal));
    };
    follow();
    const unsubscribe = store.subscribe(follow);
    return () => {
      unsubscribe();
      controller.abort();
    };
  }, [store]);
}

/** While somebody waits for a filter's answer, streams are taken and not drawn, for a moment. */
function useHeldFrames(store: PacedStore<LogsState>): void {
  useEffect(() => {
    let release: (() => void) | null = null;
    const follow = () => {
      const waits = store.getState().nextMatches !== null;
      if (waits) release ??= holdPacedFrames();
      else {
        release?.();
        release = null;
      }
    };
    follow();
    const unsubscribe = store.subscribe(follow);
    return () => {
      unsubscribe();
      release?.();
    };
  }, [store]);
}

/** Where an expression found something, by text. */
interface Marks {
  readonly source: string;
  readonly ranges: ReadonlyMap<string, readonly FoundRange[]>;
}

const noMarks: Marks = { source: '', ranges: new Map() };
/** Enough for what is in sight, and for what was a moment ago. */
const MAX_MARKED_TEXTS = 2_000;

function marksWith(
  before: Marks,
  source: string,
  texts: readonly string[],
  ranges: readonly (readonly FoundRange[])[],
): Marks {
  const kept = before.source === source && before.ranges.size < MAX_MARKED_TEXTS ? before.ranges : [];
  const found = texts.map((text, index) => [text, ranges[index] ?? NOTHING] as const);
  return { source, ranges: new Map([...kept, ...found]) };
}
