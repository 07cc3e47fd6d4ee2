import { hash32, hashText } from './noise.ts';

/** What a symbol is like. */
export interface Listing {
  /** The price around which it moves. */
  readonly level: number;
  /** The standard deviation of a day's move, as a share of the price. */
  readonly volatility: number;
  /** How far its level swings over the months, as a share of the price; negative starts downwards. */
  readonly drift: number;
  /** Shares traded in a session. */
  readonly sessionVolume: number;
}

const listing = (level: number, volatility: number, drift: number, millions: number): Listing => ({
  level,
  volatility,
  drift,
  sessionVolume: millions * 1_000_000,
});

const KNOWN: Readonly<Record<string, Listing>> = {
  AAPL: listing(232.4, 0.021, 0.03, 54),
  MSFT: listing(428.6, 0.019, 0.025, 21),
  GOOGL: listing(176.3, 0.024, 0.03, 27),
  AMZN: listing(205.7, 0.027, 0.035, 41),
  NVDA: listing(138.2, 0.042, 0.06, 228),
  META: listing(563.1, 0.029, 0.04, 13),
  TSLA: listing(311.9, 0.052, -0.05, 96),
  NFLX: listing(812.5, 0.031, 0.03, 3.4),
  AMD: listing(141.6, 0.044, -0.04, 47),
  INTC: listing(24.8, 0.038, -0.05, 68),
  AVGO: listing(172.9, 0.036, 0.05, 24),
  ORCL: listing(186.4, 0.027, 0.03, 9.1),
  CRM: listing(322.7, 0.026, 0.02, 6.3),
  ADBE: listing(503.2, 0.026, -0.03, 3.2),
  IBM: listing(209.3, 0.017, 0.02, 3.9),
  JPM: listing(241.8, 0.017, 0.02, 9.4),
  BAC: listing(45.6, 0.02, 0.02, 38),
  GS: listing(587.2, 0.021, 0.03, 2.2),
  V: listing(308.9, 0.014, 0.02, 6.2),
  MA: listing(522.4, 0.015, 0.02, 2.4),
  KO: listing(63.1, 0.011, 0.01, 14),
  PEP: listing(161.7, 0.012, -0.01, 5.8),
  WMT: listing(85.2, 0.014, 0.02, 16),
  COST: listing(938.6, 0.016, 0.02, 1.9),
  DIS: listing(112.4, 0.019, 0.02, 9.6),
  BA: listing(147.3, 0.028, -0.03, 10),
  XOM: listing(120.3, 0.018, 0.015, 14),
  'BRK.B': listing(472.8, 0.012, 0.015, 3.6),
  PLTR: listing(61.4, 0.055, 0.08, 82),
  COIN: listing(284.6, 0.064, 0.09, 15),
  SPY: listing(587.4, 0.011, 0.015, 46),
  QQQ: listing(501.3, 0.015, 0.02, 33),
};

/** A well-known symbol's own character, or, for any other name, one made from the name. */
export function listingOf(symbol: string): Listing {
  return KNOWN[symbol] ?? invented(symbol);
}

function invented(symbol: string): Listing {
  const share = (part: number) => hash32(hashText(symbol), part) / 2 ** 32;
  return listing(
    Math.round(100 * 8 * 60 ** share(1)) / 100,
    0.014 + 0.04 * share(2),
    0.12 * (share(3) - 0.5),
    0.4 * 60 ** share(4),
  );
}
