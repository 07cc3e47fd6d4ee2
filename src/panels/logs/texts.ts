/** Many texts in one string, and where in it each ends. */
export interface Texts {
  readonly text: string;
  readonly ends: Uint32Array;
}

export const textAt = ({ text, ends }: Texts, index: number): string =>
  text.slice(index === 0 ? 0 : ends[index - 1], ends[index]);

export class TextsWriter {
  readonly #parts: string[] = [];
  readonly #ends: Uint32Array;
  #length = 0;

  /** @param count how many will be added */
  constructor(count: number) {
    this.#ends = new Uint32Array(count);
  }

  add(text: string): void {
    this.#length += text.length;
    this.#ends[this.#parts.length] = this.#length;
    this.#parts.push(text);
  }

  written(): Texts {
    return { text: this.#parts.join(''), ends: this.#ends };
  }
}
