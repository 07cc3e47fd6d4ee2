import type { LogLevel } from '../contract/logs.ts';
import { EVERYDAY } from './demo-requests.ts';
import { Dice, REQUEST_ID, type Story, type StoryLine } from './demo-stories.ts';
import { outage, TROUBLES } from './demo-troubles.ts';
import { createIsoText } from './iso-text.ts';
import { severityOf } from './log-feeds.ts';
import { hash32, seededRandom } from './noise.ts';
import { steadyPace, type Timetable } from './timed-feed.ts';

/** Lines before the log repeats itself, other times and request IDs apart. */
const SCRIPT_LENGTH = 8_000;
/** Requests that are under way at the same time, so that their lines mix. */
const CONCURRENT_STORIES = 3;

interface ScriptLine {
  readonly story: number;
  readonly level: LogLevel;
  /** JSON after the timestamp, cut where the request ID goes. */
  readonly json: readonly string[];
  readonly text: string;
}

/** Where in the script the lines of a level are, and how many of them stand before each place. */
interface Selection {
  readonly before: readonly number[];
  readonly places: readonly number[];
}

/** How a line of the demo log is written. */
export type DemoFormat = 'json' | 'text';

/**
 * A made-up log of a small shop, written once and played in a loop. Because it is a script, how many lines of a level
 * there are among the first million is a division, and any line can be written without those before it.
 */
export class DemoLog {
  readonly #lines: readonly ScriptLine[];
  readonly #selections = new Map<LogLevel, Selection>();
  readonly #isoText = createIsoText();

  constructor(seed = 7) {
    this.#lines = writeScript(seededRandom(seed)).slice(0, SCRIPT_LENGTH);
  }

  /** `rate` is lines a second before those below `level` are left out. */
  timetable(level: LogLevel, rate: number, format: DemoFormat): Timetable {
    const { before, places } = this.#select(level);
    const length = this.#lines.length;
    const all = steadyPace(rate);
    const placeOf = (sequence: number) =>
      Math.floor((sequence - 1) / places.length) * length + (places[(sequence - 1) % places.length] ?? 0);
    return {
      countBy: (elapsedMs) => {
        const lines = all.countBy(elapsedMs);
        return Math.floor(lines / length) * places.length + (before[lines % length] ?? 0);
      },
      dueAtMs: (sequence) => all.dueAtMs(placeOf(sequence) + 1),
      payload: (sequence, atMs) => this.#write(placeOf(sequence), atMs, format),
    };
  }

  #select(level: LogLevel): Selection {
    const known = this.#selections.get(level);
    if (known !== undefined) return known;
    const before: number[] = [];
    const places: number[] = [];
    for (const [place, line] of this.#lines.entries()) {
      before.push(places.length);
      if (severityOf(line.level) >= severityOf(level)) places.push(place);
    }
    const selection = { before, places };
    this.#selections.set(level, selection);
    return selection;
  }

  #write(place: number, atMs: number, format: DemoFormat): string {
    const line = this.#lines[place % this.#lines.length];
    if (line === undefined) throw new RangeError(`no line ${place} in the demo log`);
    const timestamp = this.#isoText(atMs);
    if (format === 'text') return `${timestamp} ${line.text}`;
    if (line.json.length === 1) return `{"timestamp":"${timestamp}",${line.json[0]}`;
    const round = Math.floor(place / this.#lines.length);
    const requestId = hash32(round, line.story).toString(16).padStart(8, '0');
    return `{"timestamp":"${timestamp}",${line.json.join(requestId)}`;
  }
}

/** Stories told side by side: each line comes from one of those under way. An outage comes early. */
function writeScript(random: () => number): ScriptLine[] {
  const dice = new Dice(random);
  const choose = weighted([...EVERYDAY, ...TROUBLES], random);
  const lines: ScriptLine[] = [];
  const underWay: { readonly story: number; readonly rest: StoryLine[] }[] = [];
  let stories = 0;
  while (lines.length < SCRIPT_LENGTH) {
    while (underWay.length < CONCURRENT_STORIES) {
      stories += 1;
      underWay.push({ story: stories, rest: [...(stories === 12 ? outage : choose())(dice)] });
    }
    const turn = dice.between(0, underWay.length - 1);
    const current = underWay[turn];
    const next = current?.rest.shift();
    if (current === undefined || next === undefined) underWay.splice(turn, 1);
    else lines.push(scriptLine(current.story, next));
  }
  return lines;
}

function weighted(stories: typeof EVERYDAY, random: () => number): () => Story {
  const total = stories.reduce((sum, { weight }) => sum + weight, 0);
  return () => {
    let left = random() * total;
    for (const { weight, story } of stories) {
      left -= weight;
      if (left < 0) return story;
    }
    return () => [];
  };
}

function scriptLine(story: number, { level, service, message, fields }: StoryLine): ScriptLine {
  const json = JSON.stringify({ level, service, message, ...(fields === undefined ? {} : { fields }) });
  return {
    story,
    level,
    json: json.slice(1).split(REQUEST_ID),
    text: `[${level.toUpperCase()}] ${service}: ${message}`,
  };
}
