import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

let ticksPerSecond: number | null = null;

/** Processor time that a process has had, its threads included, in milliseconds. NaN where the system has no /proc. */
export function cpuMs(pid: number): number {
  const text = read(pid, 'stat');
  if (text === null) return Number.NaN;
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  // The name, in parentheses, may hold anything: fields are counted from behind it. utime and stime are 14 and 15.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** What of a process is in memory, and the most that ever was, in MB (10^6 bytes). NaN where the system has no /proc. */
export function residentMb(pid: number): { readonly now: number; readonly peak: number } {
  const text = read(pid, 'status') ?? '';
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]);
  return { now: (kib('VmRSS') * 1_024) / 1e6, peak: (kib('VmHWM') * 1_024) / 1e6 };
}

function read(pid: number, name: string): string | null {
  const path = `/proc/${pid}/${name}`;
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
