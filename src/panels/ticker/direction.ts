import type { Direction } from './ticker-store.ts';

const arrows: Record<Direction, string> = { up: '▲', down: '▼', flat: '·' };

/** Colour is never alone: the sign and an arrow say the same. */
export const arrowOf = (direction: Direction) => arrows[direction];

/** Of the last change of price: another form than the arrow of the session's change, which stands in the same row. */
export const tickOf: Record<Exclude<Direction, 'flat'>, string> = { up: '↑', down: '↓' };

export function signOf(value: number | null): Direction {
  if (value === null || value === 0) return 'flat';
  return value > 0 ? 'up' : 'down';
}
