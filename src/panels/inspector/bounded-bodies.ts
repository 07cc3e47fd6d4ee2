/** Bodies by number, of which the newest are kept as long as all of them together stay within a bound. */
export class BoundedBodies<T> {
  readonly maxWeight: number;
  #bodies = new Map<number, { readonly body: T; readonly weight: number }>();
  #weight = 0;

  constructor(maxWeight: number) {
    this.maxWeight = maxWeight;
  }

  /** Numbers must rise. A body heavier than the bound itself is not kept. */
  put(number: number, body: T, weight: number): void {
    this.#bodies.set(number, { body, weight });
    this.#weight += weight;
    for (const [oldest, held] of this.#bodies) {
      if (this.#weight <= this.maxWeight) return;
      this.#bodies.delete(oldest);
      this.#weight -= held.weight;
    }
  }

  /** Undefined where it was let go. */
  get(number: number): T | undefined {
    return this.#bodies.get(number)?.body;
  }

  delete(number: number): void {
    this.#weight -= this.#bodies.get(number)?.weight ?? 0;
    this.#bodies.delete(number);
  }

  get weight(): number {
    return this.#weight;
  }

  get size(): number {
    return this.#bodies.size;
  }
}
