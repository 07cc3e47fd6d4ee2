/** The two things that a question compares. */
export interface ComparedSides {
  readonly texts: readonly [string, string];
  /** False for a mere `or`, which joins many things that nobody wants compared. */
  readonly explicit: boolean;
}

const BETWEEN = /\b(?:differences?|differ|compare|comparison|comparing)\b(?:\s+(?:of|between))?\s+(.+)$/i;
const BETWEEN_SEPARATOR = /\s+(?:and|with|to|from|versus|vs\.?|or)\s+/i;
const VERSUS =
  /\s+(?:vs\.?|versus|compared (?:to|with)|(?:better|worse|faster|simpler|different) (?:than|from)|instead of|rather than|over)\s+/i;
const OR = /\s+or\s+/i;

/** Finds what is compared, or null where a question compares nothing, or more than two things. */
export function comparedSides(question: string): ComparedSides | null {
  const between = BETWEEN.exec(question)?.[1];
  if (between !== undefined) {
    const texts = pair(between.split(BETWEEN_SEPARATOR));
    if (texts !== null) return { texts, explicit: true };
  }
  const versus = pair(question.split(VERSUS));
  if (versus !== null) return { texts: versus, explicit: true };
  const either = pair(question.split(OR));
  return either === null ? null : { texts: either, explicit: false };
}

function pair(parts: readonly string[]): readonly [string, string] | null {
  const [first, second] = parts;
  if (parts.length !== 2 || first === undefined || second === undefined) return null;
  // A list names more than two.
  return parts.some((part) => part.includes(',')) ? null : [first, second];
}
