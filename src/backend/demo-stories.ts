import type { LogLevel } from '../contract/logs.ts';

/** One line of the demo log before it has a time. `REQUEST_ID` in it becomes an ID of its story. */
export interface StoryLine {
  readonly level: LogLevel;
  readonly service: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A few lines that belong together, in their order. */
export type Story = (dice: Dice) => readonly StoryLine[];

export const REQUEST_ID = '{requestId}';

/** Chance, in the forms that stories need. */
export class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A whole number, both bounds included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  one<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.#random() * choices.length)] ?? choices[0];
  }

  /** True with this probability. */
  falls(probability: number): boolean {
    return this.#random() < probability;
  }
}

/** A line of one service in one request. */
export function line(
  level: LogLevel,
  service: string,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): StoryLine {
  return { level, service, message, fields: { requestId: REQUEST_ID, ...fields } };
}

/** A line outside any request. */
export function note(
  level: LogLevel,
  service: string,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
): StoryLine {
  return fields === undefined ? { level, service, message } : { level, service, message, fields };
}

export const money = (dice: Dice): string =>
  `${dice.between(4, 240)}.${String(dice.between(0, 99)).padStart(2, '0')}`;
