import type { LogLevel } from '../logs.ts';
import type { ReadLine } from './read-line.ts';

/** A line of text while it is read from its front. */
export class LineDraft {
  /** What has not been read. */
  rest: string;
  timeMs: number | null = null;
  /** Whether milliseconds stand after a comma in it: so loggers of Python and Java write times, and people do not. */
  hasLoggersTime = false;
  level: LogLevel | null = null;
  service: string | null = null;
  readonly isIndented: boolean;
  #fields: Readonly<Record<string, string>> | null = null;

  /** @param isIndented whether the line had spaces before the text, as what continues another line mostly has */
  constructor(text: string, isIndented = false) {
    this.rest = text;
    this.isIndented = isIndented;
  }

  /** Takes what the pattern, which begins with `^`, finds. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.rest);
    if (match !== null) this.rest = this.rest.slice(match[0].length);
    return match;
  }

  /** Undefined and syslog's `-` stand for nothing. */
  addField(name: string, value: string | undefined): void {
    if (value !== undefined && value !== '-') this.#fields = { ...this.#fields, [name]: value };
  }

  finish(): ReadLine {
    const { timeMs, level, service, rest } = this;
    return { timeMs, level, service, message: rest.trimEnd(), fields: this.#fields };
  }
}
