import type { LogLevel } from '../logs.ts';

/** What a log line says, whatever form it came in. `null` stands for what it does not say. */
export interface ReadLine {
  /** Milliseconds since 1970, UTC. */
  readonly timeMs: number | null;
  readonly level: LogLevel | null;
  readonly service: string | null;
  readonly message: string;
  /** Whatever else it carries. */
  readonly fields: Readonly<Record<string, unknown>> | null;
}
