import type { KnowledgeEntry } from './knowledge/entry.ts';
import { THEMES } from './knowledge/themes.ts';
import { comparedSides } from './responder-comparison.ts';
import { entryOf, type Finding, findEntry } from './responder-search.ts';

/** Who answers, in metadata and in words: never to be taken for a model. */
export const RESPONDER_NAME = 'Streamscope built-in responder (not a model)';

export interface Reply {
  readonly type: 'answer' | 'comparison' | 'unknown' | 'greeting' | 'introduction' | 'empty';
  /** Markdown. */
  readonly text: string;
  /** The notes that it was made from. */
  readonly entryIds: readonly string[];
}

const WHO =
  "Streamscope's built-in responder: I search a small collection of notes about HTTP streaming. " +
  'I am not a language model, and I make nothing up';
const CLOSING = `*I am ${WHO}.*`;

const GREETING =
  /^(?:hi|hello|hey|hallo|moin|servus|greetings|good (?:morning|afternoon|evening|day)|thanks?(?: you)?|bye)(?: there| everyone)?[\s,.!:)-]*/i;
const INTRODUCTION =
  /^(?:(?:and |so )?(?:who|what) are you|what(?:'s| is) your name|are you (?:an? )?(?:ai|llm|gpt|chatgpt|claude|bot|robot|human|real|model|language model)|what (?:can|do) you (?:do|know|answer)|what can i ask|what should i ask|(?:can you )?help(?: me)?|which model)\b.{0,40}$/i;

/** Answers a prompt from the notes. The same prompt always gets the same reply. */
export function reply(prompt: string): Reply {
  // As one line: what looks for words between spaces would take the square of the length of many of them.
  const asked = prompt.trim().replaceAll(/\s+/g, ' ');
  if (asked === '') return { type: 'empty', text: emptyText(), entryIds: [] };
  const question = asked.replace(GREETING, '').trim();
  if (question === '') return { type: 'greeting', text: greetingText(), entryIds: [] };
  if (INTRODUCTION.test(question)) return { type: 'introduction', text: introductionText(), entryIds: [] };
  const finding = findEntry(question);
  return comparisonReply(question, finding) ?? answerReply(finding);
}

function comparisonReply(question: string, whole: Finding): Reply | null {
  // A question that a note was written for is answered by that note.
  if (whole.type === 'found' && whole.exact) return null;
  const sides = comparedSides(question);
  if (sides === null) return null;
  const [left, right] = sides.texts.map((text) => findEntry(text));
  if (left?.type !== 'found' || right?.type !== 'found' || left.entry === right.entry) return null;
  const [first, second] = [left.entry, right.entry];
  if (!sides.explicit && (first.comparison === undefined || second.comparison === undefined)) return null;
  return { type: 'comparison', text: comparisonText(first, second), entryIds: [first.id, second.id] };
}

function answerReply(finding: Finding): Reply {
  if (finding.type === 'nothing') return { type: 'unknown', text: unknownText(finding.near), entryIds: [] };
  const { entry } = finding;
  const text = [`## ${entry.title}`, entry.body, relatedText(entry.related), CLOSING].join('\n\n');
  return { type: 'answer', text, entryIds: [entry.id] };
}

function comparisonText(first: KnowledgeEntry, second: KnowledgeEntry): string {
  const parts = [`## ${first.title} compared with ${startLower(second.title)}`];
  if (first.comparison !== undefined && second.comparison !== undefined) {
    parts.push(
      [
        `| | ${first.title} | ${second.title} |`,
        '|---|---|---|',
        `| good at | ${first.comparison.strength} | ${second.comparison.strength} |`,
        `| mind | ${first.comparison.weakness} | ${second.comparison.weakness} |`,
      ].join('\n'),
    );
  }
  for (const entry of [first, second]) parts.push(`### ${entry.title}\n\n${lead(entry)}`);
  parts.push(relatedText([first.id, second.id]), CLOSING);
  return parts.join('\n\n');
}

/** The first paragraph of a note, made to stand alone. */
function lead(entry: KnowledgeEntry): string {
  return (entry.body.split('\n\n', 1)[0] ?? '').replace(/:$/, '.');
}

function relatedText(ids: readonly string[]): string {
  const questions = ids.flatMap((id) => entryOf(id)?.questions[0] ?? []);
  return ['**You could ask next**', '', ...questions.map((question) => `- ${question}`)].join('\n');
}

function unknownText(near: readonly KnowledgeEntry[]): string {
  const parts = [`I found nothing about that. I am ${WHO}.`];
  if (near.length > 0) {
    parts.push(['Perhaps you meant:', '', ...near.map((entry) => `- ${entry.questions[0]}`)].join('\n'));
  }
  parts.push(topicsText());
  return parts.join('\n\n');
}

function greetingText(): string {
  return [`Hello! I am ${WHO}.`, 'Ask me, for example:', exampleQuestions()].join('\n\n');
}

function emptyText(): string {
  return [`There was no question. I am ${WHO}.`, 'Ask me, for example:', exampleQuestions()].join('\n\n');
}

function introductionText(): string {
  return [
    `I am ${WHO}. Each answer is a note that somebody wrote, found by its words and sent piece by piece at the pace of a model, so that this panel has something real to stream.`,
    topicsText(),
  ].join('\n\n');
}

function topicsText(): string {
  const topics = THEMES.map(
    ({ title, entries }) => `- **${title}**: ${entries.map((entry) => entry.title).join('; ')}`,
  );
  return ['This I can answer:', '', ...topics].join('\n');
}

function exampleQuestions(): string {
  const ids = ['choosing', 'arrives-at-once', 'memory-low', 'errors-after-first-byte'];
  return ids
    .flatMap((id) => entryOf(id)?.questions[0] ?? [])
    .map((question) => `- ${question}`)
    .join('\n');
}

/** A title in the middle of a line; one that starts with a name or an abbreviation keeps its capital. */
function startLower(title: string): string {
  return /^[A-Z][a-z]+(?: |$)/.test(title) && !/^(?:Web|Django|Flask|Node|Go|Hono)/.test(title)
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;
}
