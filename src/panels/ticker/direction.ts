import type { Direction } from './ticker-store.ts';

const arrows: Record<Direction, string> = { up: '▲', down: '▼', flat: '·' };

/** Colour is never alone: the sign and an arrow say the same. */
export const arrowOf = (direction: Direction) => arrows[direction];

export function signOf(value: number | null): Direction {
  if (value === null || value === 0) return 'flat';
  return value > 0 ? 'up' : 'down';
}
