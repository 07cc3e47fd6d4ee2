import type { Quote } from '../contract/ticker.ts';
import { createIsoText } from './iso-text.ts';
import { type Listing, listingOf } from './listings.ts';
import { hash32, hashText, RandomPath } from './noise.ts';

/** A session is a UTC day: this market never closes. */
const SESSION_MS = 86_400_000;
/** How long a swing of the level takes. */
const DRIFT_PERIOD_MS = 90 * SESSION_MS;
/** How much more is traded at a session's two ends than in its middle. */
const SESSION_SHAPE = 0.35;

interface Instrument {
  readonly listing: Listing;
  readonly seed: number;
  readonly path: RandomPath;
  session: { readonly startMs: number; readonly openCents: number };
}

/**
 * Prices as a function of symbol and time alone: every feed, tab and restart sees the same market, and a feed that is
 * taken up again finds the prices of the time when it was left. `seed` gives another market.
 */
export class Market {
  readonly #seed: number;
  readonly #instruments = new Map<string, Instrument>();
  readonly #isoText = createIsoText();

  constructor(seed = 1) {
    this.#seed = seed;
  }

  /** The trade of a symbol at a time in milliseconds since the epoch. */
  quote(symbol: string, atMs: number): Quote {
    const instrument = this.#instrument(symbol);
    const { startMs, openCents } = this.#session(instrument, atMs);
    const cents = centsAt(instrument, atMs) + bounce(instrument.seed, atMs);
    const changeCents = cents - openCents;
    return {
      stock: symbol,
      price: cents / 100,
      change: changeCents / 100,
      changePercent: Math.round((changeCents / openCents) * 10_000) / 100,
      volume: Math.floor(instrument.listing.sessionVolume * tradedShare((atMs - startMs) / SESSION_MS)),
      timestamp: this.#isoText(atMs),
    };
  }

  /** How often a symbol trades beside others. Less uneven than the volume is, so that quiet symbols are seen too. */
  activity(symbol: string): number {
    return Math.sqrt(this.#instrument(symbol).listing.sessionVolume);
  }

  #instrument(symbol: string): Instrument {
    const known = this.#instruments.get(symbol);
    if (known !== undefined) return known;
    const seed = hash32(this.#seed, hashText(symbol));
    const session = { startMs: Number.NaN, openCents: 0 };
    const instrument = { listing: listingOf(symbol), seed, path: new RandomPath(seed), session };
    // Anyone can ask for any symbol; what is forgotten comes out the same again.
    if (this.#instruments.size >= 2_000) this.#instruments.clear();
    this.#instruments.set(symbol, instrument);
    return instrument;
  }

  #session(instrument: Instrument, atMs: number): Instrument['session'] {
    const startMs = Math.floor(atMs / SESSION_MS) * SESSION_MS;
    if (instrument.session.startMs !== startMs) {
      instrument.session = { startMs, openCents: centsAt(instrument, startMs) };
    }
    return instrument.session;
  }
}

function centsAt({ listing, path }: Instrument, atMs: number): number {
  const swing = listing.drift * Math.sin((2 * Math.PI * atMs) / DRIFT_PERIOD_MS);
  return Math.max(2, Math.round(100 * listing.level * Math.exp(swing + listing.volatility * path.at(atMs))));
}

/** Trades fall on the bid or on the ask: now and then a cent up or down, for all who look at the same moment. */
function bounce(seed: number, atMs: number): number {
  const share = hash32(seed, Math.floor(atMs * 8) % 2 ** 32) / 2 ** 32;
  if (share < 0.2) return -1;
  return share < 0.4 ? 1 : 0;
}

/** The share of a session's volume traded by a share of its time. Rises throughout, faster at both ends. */
function tradedShare(timeShare: number): number {
  return timeShare + (SESSION_SHAPE * Math.sin(2 * Math.PI * timeShare)) / (2 * Math.PI);
}
