const partMissing = /dynamically imported module|module script|preload CSS/i;

/** Whether a part of the page could not be fetched. A browser remembers that: only a reload asks again. */
export function isPartMissing(error: unknown): boolean {
  return partMissing.test(messageOf(error));
}

/** What is said of what broke the page, or a part of it. */
export function failureWords(error: unknown): string {
  return isPartMissing(error)
    ? 'A part of the page could not be loaded: the server that serves it may be down.'
    : messageOf(error);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
