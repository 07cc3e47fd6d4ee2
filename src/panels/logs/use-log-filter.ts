import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LogSource } from '../../contract/logs.ts';
import { nextFrame } from '../../store/next-frame.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { expressionError } from './expression-protocol.ts';
import type { FailedExpression } from './expression-search.ts';
import {
  type LogFilter,
  type LogSearch,
  NO_SEARCH,
  type SearchEffect,
  SHOW_ALL,
  type TimeRange,
  textSearch,
} from './log-filter.ts';
import { useLogsSettings } from './logs-settings.ts';

/** What a person has chosen to see; it is not kept, as nobody expects a log to hide lines when the page opens. */
export interface ChosenFilter {
  readonly text: string;
  readonly isExpression: boolean;
  readonly effect: SearchEffect;
  readonly service: string | null;
  readonly range: TimeRange | null;
}

const NOTHING_CHOSEN: ChosenFilter = {
  text: '',
  isExpression: false,
  effect: 'show',
  service: null,
  range: null,
};

const troubleWords: Record<FailedExpression['trouble'], string> = {
  'too-slow': 'This expression takes too long; lines are shown without it',
  unavailable: 'This browser could not start the search by expressions',
};

/** The filter of the log, and the line whose surroundings are shown instead of it. */
export function useLogFilter(target: BackendTarget, source: LogSource) {
  const hiddenLevels = useLogsSettings((settings) => settings.hiddenLevels);
  const changeSettings = useLogsSettings((settings) => settings.change);
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const paintedText = usePainted(chosen.text);
  const [failed, setFailed] = useState<FailedExpression | null>(null);
  const [context, setContext] = useState<{ position: number; open: boolean } | null>(null);
  useOnOther([target, source], () => {
    // Another log has other services and times; words and levels to look for may be the same.
    setChosen((before) => ({ ...before, service: null, range: null }));
    setContext(null);
    setFailed(null);
  });
  // As every other filter does that is changed.
  useOnOther([hiddenLevels], () => setContext(null));
  const { isExpression, effect, service, range } = chosen;
  // Expressions have their worker, which takes no time from the key.
  const text = isExpression ? chosen.text : paintedText;

  const wrong = isExpression ? expressionError(text) : null;
  const asked = useMemo<LogSearch | null>(() => {
    if (!isExpression || text === '') return textSearch(text, effect);
    return wrong === null ? { type: 'expression', source: text, effect } : null;
  }, [isExpression, text, effect, wrong]);
  const last = useLast(asked);
  // Another expression has its own chance, and so has this one when it is asked for again.
  if (failed !== null && asked !== null && failed.source !== (isExpression ? sourceOf(asked) : null))
    setFailed(null);
  // Not what is typed counts, but what would be searched by: a half typed one leaves the last whole one in force.
  const failure = failed !== null && failed.source === sourceOf(last) ? failed.trouble : null;
  const search = failure === null ? last : NO_SEARCH;
  const open = context?.open === true;

  const filter = useMemo<LogFilter>(
    () =>
      open
        ? { ...SHOW_ALL, search: search.type === 'none' ? search : { ...search, effect: 'mark' } }
        : { hiddenLevels, search, service, range },
    [open, hiddenLevels, search, service, range],
  );
  const change = useCallback((part: Partial<ChosenFilter>) => {
    setChosen((before) => ({ ...before, ...part }));
    setContext(null);
  }, []);
  const showContext = useCallback((position: number) => setContext({ position, open: true }), []);
  const leaveContext = useCallback(() => setContext((before) => before && { ...before, open: false }), []);
  const tryAgain = useCallback(() => setFailed(null), []);
  const forgetLines = useCallback(() => {
    setFailed(null);
    setContext(null);
  }, []);
  const showAll = useCallback(() => {
    change({ text: '', service: null, range: null });
    changeSettings({ hiddenLevels: [] });
  }, [change, changeSettings]);
  return {
    filter,
    chosen,
    /** Whether an expression that decides what is shown is typed, or about to be. */
    expecting: isExpression && effect !== 'mark' && !open && failed?.trouble !== 'unavailable',
    /** What is wrong with the search, in words. */
    error: wrong ?? (failure && troubleWords[failure]),
    /** Searches by the expression that failed once more; null where none did. */
    onRetry: wrong === null && failure !== null ? tryAgain : null,
    showAll,
    /** To be called when the lines are gone that an expression took too long for, or whose surroundings are shown. */
    forgetLines,
    context,
    change,
    setFailed,
    showContext,
    leaveContext,
  };
}

/** Acts in the one render in which one of these is not what it was in the render before; what is set in that is drawn at once. */
function useOnOther(values: readonly unknown[], act: () => void): void {
  const [last, setLast] = useState(values);
  if (values.every((value, index) => value === last[index])) return;
  setLast(values);
  act();
}

/** As `FailedExpression` names it: blank where nothing is searched for by an expression yet. */
const sourceOf = (search: LogSearch): string => (search.type === 'expression' ? search.source : '');

/** While an expression is half typed, the last whole one goes on. */
function useLast(asked: LogSearch | null): LogSearch {
  const last = useRef<LogSearch>(NO_SEARCH);
  useEffect(() => {
    if (asked !== null) last.current = asked;
  }, [asked]);
  return asked ?? last.current;
}

/**
 * A value once it is on screen: a key that is typed is painted before anything is searched. React's deferred value never comes
 * while lines keep coming.
 */
function usePainted<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const cancel = nextFrame(() => {
      timer = setTimeout(() => setPainted(value));
    });
    return () => {
      cancel();
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
}
