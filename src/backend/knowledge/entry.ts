/** One note about HTTP streaming: what the built-in responder can say about one topic. */
export interface KnowledgeEntry {
  /** Unique over all themes. */
  readonly id: string;
  readonly title: string;
  /** How people ask for it. The first stands for the note where it is suggested. */
  readonly questions: readonly [string, ...string[]];
  /** Further words that lead to it, separated by spaces. */
  readonly keywords: string;
  /** For things that one chooses between: half a sentence each. */
  readonly comparison?: { readonly strength: string; readonly weakness: string };
  /** The IDs of the two notes to read next. */
  readonly related: readonly [string, string];
  /** Markdown. The first paragraph says what it is, and can stand alone. */
  readonly body: string;
}

export interface KnowledgeTheme {
  readonly title: string;
  readonly entries: readonly KnowledgeEntry[];
}
