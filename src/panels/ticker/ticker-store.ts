import type { TolerantQuote } from '../../contract/ticker.ts';
import { foldConnection, initialConnectionView } from '../../streams/connection-view.ts';
import { countedMessages } from '../../streams/count-messages.ts';
import type { ConnectionView, RetainedChunk, StreamEvent } from '../../streams/types.ts';
import { priceDecimals } from './price-decimals.ts';

/** One second of a symbol's prices, for sparkline, line and candles. `price` is the last one of it. */
export interface PriceSample {
  /** When its first event came, on `performance.now()`'s clock. */
  readonly atMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly price: number;
}

export type Direction = 'up' | 'down' | 'flat';

/** The latest of one symbol. What a plain backend does not send is `null`. */
export interface TickerRow {
  readonly symbol: string;
  readonly price: number;
  /** As many as its prices are written with. They only grow: digits would jump from one price to the next. */
  readonly decimals: number;
  /** Of the last change of price, not of the session. */
  readonly direction: Direction;
  readonly change: number | null;
  readonly changePercent: number | null;
  readonly volume: number | null;
  /** The session's opening price; null where no event has told it. */
  readonly opening: number | null;
  /** Of what this page has seen, and of the opening price. */
  readonly high: number;
  readonly low: number;
  readonly events: number;
  readonly changedAtMs: number;
  /** The seconds that are over, oldest first, and the one that goes on. */
  readonly samples: readonly PriceSample[];
  readonly current: PriceSample | null;
}

export interface TickerState {
  readonly connection: ConnectionView;
  /** The latest by symbol: prices are conflated, the last of a frame wins; the wire counts them all. */
  readonly rows: ReadonlyMap<string, TickerRow>;
  /** Whether this feed brought more symbols than are shown. Of how many events is not known: they come conflated. */
  readonly hasMoreSymbols: boolean;
  /** Events that came to this page, of whatever feed: the wire counts those of the present one. */
  readonly taken: number;
}

/** Symbols beyond these are not kept. */
export const MAX_ROWS = 200;
const SAMPLE_MS = 1_000;
/** Half an hour of seconds a symbol. */
export const MAX_SAMPLES = 1_800;

export const initialTicker: TickerState = {
  connection: initialConnectionView,
  rows: new Map(),
  hasMoreSymbols: false,
  taken: 0,
};

/** Folds a frame's events into the state. Cost: one new row a symbol that traded, however many events it had. */
export function applyTicker(state: TickerState, events: readonly StreamEvent<TolerantQuote>[]): TickerState {
  const drafts: Drafts = { bySymbol: new Map(), room: MAX_ROWS - state.rows.size };
  let { hasMoreSymbols } = state;
  for (const { atMs, messages } of events.flatMap((event) => chunksOf(state, event))) {
    for (const { value } of messages) {
      const draft = drafts.bySymbol.get(value.stock) ?? openDraft(state.rows, drafts, value);
      if (draft) takeQuote(draft, value, atMs);
      else hasMoreSymbols = true;
    }
  }
  return {
    connection: foldConnection(state.connection, events),
    rows: drafts.bySymbol.size === 0 ? state.rows : new Map([...state.rows, ...drafts.bySymbol]),
    hasMoreSymbols,
    taken: state.taken + eventsIn(state, events),
  };
}

/** How many events a view that stands still is behind. */
export const behindBy = (frozen: TickerState, live: TickerState) => live.taken - frozen.taken;

/** How many events these bring. A feed that is joined says how many it has had, and not how many this page had of them. */
function eventsIn(state: TickerState, events: readonly StreamEvent<TolerantQuote>[]): number {
  const { wire } = state.connection;
  let had = wire.events;
  // Of a feed that this page begins with, or changes over to, it gets what is new of the past; the same feed has gone on counting.
  const begins = wire.requestedAtMs === null;
  let brought = 0;
  for (const event of events) {
    if (event.type === 'joined') {
      const past = chunksOf(state, event).reduce((sum, { messages }) => sum + messages.length, 0);
      brought += event.rejoined || begins ? past : Math.max(0, event.view.wire.events - had);
      had = event.view.wire.events;
    } else {
      brought += countedMessages(event);
      had += countedMessages(event);
    }
  }
  return brought;
}

/** What an event carries: one chunk, or those that a shared feed keeps for a tab that comes later. */
function chunksOf(
  { rows }: TickerState,
  event: StreamEvent<TolerantQuote>,
): readonly RetainedChunk<TolerantQuote>[] {
  if (event.type === 'chunk') return [event];
  if (event.type !== 'joined') return [];
  // Of another feed's past, only what came after the last price that is here. Where there is none, all of it: what came
  // before this page was opened has a negative time.
  const sinceMs = (symbol: string) => rows.get(symbol)?.changedAtMs ?? Number.NEGATIVE_INFINITY;
  return event.retained.map(({ atMs, messages }) => ({
    atMs,
    messages: messages.filter(({ value }) => atMs >= sinceMs(value.stock)),
  }));
}

/** Another feed of the same backend: it has a wire of its own, and goes on with the rows. */
export const beginFeed = (state: TickerState): TickerState => ({
  ...state,
  connection: initialConnectionView,
  hasMoreSymbols: false,
});

/** Without those that left the watch list. A plain backend sends others that nobody asked for: they stay. */
export function withoutRows(state: TickerState, symbols: readonly string[]): TickerState {
  return { ...state, rows: new Map([...state.rows].filter(([symbol]) => !symbols.includes(symbol))) };
}

/** Prices of two backends make no chart, and no high and low. */
export const clearRows = (state: TickerState): TickerState => ({ ...state, rows: new Map() });

type RowDraft = { -readonly [Key in keyof TickerRow]: TickerRow[Key] };

/** The rows that a frame changes, and how many more may be added. */
interface Drafts {
  readonly bySymbol: Map<string, RowDraft>;
  room: number;
}

function openDraft(rows: TickerState['rows'], drafts: Drafts, quote: TolerantQuote): RowDraft | undefined {
  const row = rows.get(quote.stock);
  if (row === undefined) {
    if (drafts.room <= 0) return undefined;
    drafts.room -= 1;
  }
  const draft: RowDraft = row ? { ...row } : newRow(quote);
  drafts.bySymbol.set(quote.stock, draft);
  return draft;
}

function newRow({ stock, price }: TolerantQuote): RowDraft {
  return {
    symbol: stock,
    price,
    decimals: 0,
    direction: 'flat',
    change: null,
    changePercent: null,
    volume: null,
    opening: null,
    high: price,
    low: price,
    events: 0,
    changedAtMs: 0,
    samples: [],
    current: null,
  };
}

function takeQuote(draft: RowDraft, quote: TolerantQuote, atMs: number): void {
  const { price } = quote;
  if (price !== draft.price || draft.events === 0) draft.changedAtMs = atMs;
  if (price !== draft.price) draft.direction = price > draft.price ? 'up' : 'down';
  draft.price = price;
  draft.decimals = Math.max(draft.decimals, priceDecimals(price));
  draft.change = quote.change ?? null;
  draft.changePercent = quote.changePercent ?? percentOf(quote);
  draft.volume = quote.volume ?? null;
  // The first that is told: some demos make up a change for each event, and their opening price would wander.
  if (quote.change !== undefined) draft.opening ??= price - quote.change;
  draft.high = Math.max(draft.high, price, draft.opening ?? price);
  draft.low = Math.min(draft.low, price, draft.opening ?? price);
  draft.events += 1;
  takeSample(draft, price, atMs);
}

function takeSample(draft: RowDraft, price: number, atMs: number): void {
  const { current } = draft;
  if (current !== null && atMs - current.atMs < SAMPLE_MS) {
    const { open, high, low } = current;
    draft.current = {
      atMs: current.atMs,
      open,
      high: Math.max(high, price),
      low: Math.min(low, price),
      price,
    };
    return;
  }
  if (current !== null) draft.samples = [...draft.samples.slice(1 - MAX_SAMPLES), current];
  const open = current?.price ?? price;
  draft.current = { atMs, open, high: Math.max(open, price), low: Math.min(open, price), price };
}

/** A plain backend sends the change alone: the percentage follows from the price it changed from. */
function percentOf({ price, change }: TolerantQuote): number | null {
  if (change === undefined) return null;
  const before = price - change;
  return before === 0 ? null : (change / before) * 100;
}
