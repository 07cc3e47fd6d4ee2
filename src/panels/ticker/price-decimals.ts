const MIN_DECIMALS = 2;
const MAX_DECIMALS = 12;

/**
 * How many decimals a price is written with: as many as it has, but two at least, and no more than mean something. From 10
 * on two do (180.25), from 1 on five (1.08453), below that five digits (0.000012345).
 */
export function priceDecimals(price: number): number {
  const size = Math.abs(price);
  if (size >= 10 || size === 0) return MIN_DECIMALS;
  const meaningful = size >= 1 ? 5 : Math.min(MAX_DECIMALS, 4 - Math.floor(Math.log10(size)));
  const [, digits = ''] = /\.(\d*?)0*$/.exec(size.toFixed(meaningful)) ?? [];
  return Math.max(MIN_DECIMALS, digits.length);
}

/** Of a price axis: as fine as the words beside it. Of finer steps two would be written alike. */
export function priceSteps(decimals: number): number[] {
  const steps: number[] = [];
  // Written and read again: what is multiplied by 0.1 again and again is not what it says.
  for (let exponent = -decimals; exponent <= 4; exponent += 1) {
    for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${exponent}`));
  }
  return steps;
}

/** Room for the longest price: nine characters, such as 10,000.00, and what a small one has more. */
export const priceAxisPx = (decimals: number): number => 54 + 6 * Math.max(0, decimals - 7);
