import MiniSearch from 'minisearch';
import type { KnowledgeEntry } from './knowledge/entry.ts';
import { ENTRIES } from './knowledge/themes.ts';

/** What a search says of a question. `near` holds notes that share too few of its words to be an answer. */
export type Finding =
  /** `exact`: the question is one that the note names as its own. */
  | { readonly type: 'found'; readonly entry: KnowledgeEntry; readonly exact: boolean }
  | { readonly type: 'nothing'; readonly near: readonly KnowledgeEntry[] };

/** Words that say how something is asked, not what about. */
const STOP_WORDS = new Set(
  (
    'a about all am an and any are as at be been best better but by can compare could did differ difference do does doing explain for from get ' +
    'give good had has have he her hers how i if in into is it its just know like make makes many may me mean means ' +
    'might more most much must my need no not of on only or our out please really shall she should show so some tell ' +
    'than that the their them then there these they this those to too up us use used versus vs useful using very want was way ' +
    'we were what when where which while who whom whose why will with work works would you your'
  ).split(' '),
);

/** Words that nearly every note has: a question is hardly covered by them. */
const COMMON_WORDS = new Set(
  ['stream', 'event', 'data', 'server', 'client', 'connection', 'http', 'browser', 'page', 'web', 'code']
    .concat([
      'example',
      'time',
      'line',
      'text',
      'file',
      'first',
      'request',
      'response',
      'message',
      'javascript',
      'python',
    ])
    .map(stem),
);
const COMMON_WORD_WEIGHT = 0.3;

/** What a word counts that is only spelled like one of the note's: a typing error, or another word. */
const ALIKE_WORD_SHARE = 0.6;

/** What of a question is looked for. The rest of a longer one changes nothing for whoever asks, and costs as much again. */
const MAX_TERMS = 40;
/** No word that means something is longer, and the cost of finding words that are alike grows with the length. */
const LONGEST_FUZZY_TERM = 24;
/** How many letters of a word may be wrong. */
const MAX_WRONG_LETTERS = 2;

/** How much of a question its best note has to cover. */
const SUFFICIENT_COVERAGE = 0.5;

/** Fields that say what a note is about; its body mentions many other things. */
const TOPIC_FIELDS = ['title', 'questions', 'keywords'];

/** The endings that differ between a question and a note: plural, -ing, -ed, -ion, a final e. */
function stem(word: string): string {
  if (word.length < 5) return word.length > 3 ? word.replace(/s$/, '') : word;
  return word
    .replace(/s$/, '')
    .replace(/(?:ing|ed|ion)$/, '')
    .replace(/e$/, '');
}

function processTerm(term: string): string | null {
  const word = term.toLowerCase();
  return STOP_WORDS.has(word) ? null : stem(word);
}

interface IndexedEntry {
  readonly id: string;
  readonly title: string;
  readonly questions: string;
  readonly keywords: string;
  readonly body: string;
}

const tokenize: (text: string) => string[] = MiniSearch.getDefault('tokenize');
const entriesById = new Map(ENTRIES.map((entry) => [entry.id, entry]));
const entriesByQuestion = new Map(
  ENTRIES.flatMap((entry) => entry.questions.map((question) => [plain(question), entry] as const)),
);

let index: MiniSearch<IndexedEntry> | null = null;

function notes(): MiniSearch<IndexedEntry> {
  if (index !== null) return index;
  index = new MiniSearch<IndexedEntry>({
    fields: ['title', 'questions', 'keywords', 'body'],
    processTerm,
    searchOptions: {
      boost: { title: 3, questions: 2.5, keywords: 2, body: 0.4 },
      fuzzy: (term) => (term.length > 4 && term.length <= LONGEST_FUZZY_TERM ? 0.2 : false),
      maxFuzzy: MAX_WRONG_LETTERS,
      prefix: (term) => term.length > 3,
    },
  });
  index.addAll(
    ENTRIES.map((entry) => ({ ...entry, questions: entry.questions.join(' '), body: prose(entry) })),
  );
  return index;
}

/** A note without its code, whose names would lead to it from anywhere. */
function prose({ body }: KnowledgeEntry): string {
  return body.replaceAll(/^```[\s\S]*?^```/gm, '');
}

export function entryOf(id: string): KnowledgeEntry | undefined {
  return entriesById.get(id);
}

/** For a query that is made of terms already. */
const AS_TERMS = { tokenize: (query: string) => query.split(' '), processTerm: (term: string) => term };

/** The note that answers a question. The same question always finds the same note. */
export function findEntry(question: string): Finding {
  const asked = entriesByQuestion.get(plain(question));
  if (asked !== undefined) return { type: 'found', entry: asked, exact: true };
  const terms = termsOf(question);
  if (terms.length === 0) return { type: 'nothing', near: [] };
  const results = notes().search(terms.join(' '), AS_TERMS);
  const best = results[0];
  if (best === undefined) return { type: 'nothing', near: [] };
  const entry = entryOf(best.id);
  if (entry !== undefined && isTopic(best.match) && coverage(terms, best) >= SUFFICIENT_COVERAGE) {
    return { type: 'found', entry, exact: false };
  }
  const near = results.slice(0, 2).flatMap((result) => entryOf(result.id) ?? []);
  return { type: 'nothing', near };
}

/** The first different words of a question that say what it is about, as the index has them. */
function termsOf(question: string): string[] {
  const terms = new Set<string>();
  for (const word of tokenize(question)) {
    const term = word === '' ? null : processTerm(word);
    if (term !== null && term !== '') terms.add(term);
    if (terms.size === MAX_TERMS) break;
  }
  return [...terms];
}

/** Whether a word of the question is one of what the note is about. `match` names the fields of each word found. */
function isTopic(match: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.values(match).some((fields) => fields.some((field) => TOPIC_FIELDS.includes(field)));
}

/** The share of a question's words that a note has, from 0 to 1. A word that is only alike counts less. */
function coverage(
  questionTerms: readonly string[],
  { queryTerms, terms }: { readonly queryTerms: readonly string[]; readonly terms: readonly string[] },
): number {
  let covered = 0;
  let whole = 0;
  for (const term of questionTerms) {
    const weight = COMMON_WORDS.has(term) ? COMMON_WORD_WEIGHT : 1;
    whole += weight;
    if (!queryTerms.includes(term)) continue;
    const literal = terms.some((found) => found.startsWith(term));
    covered += literal ? weight : weight * ALIKE_WORD_SHARE;
  }
  return covered / whole;
}

function plain(question: string): string {
  return question
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
