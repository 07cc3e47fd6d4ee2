/** ISO 8601 text of a time, made once a millisecond: thousands of events share one. */
export function createIsoText(): (atMs: number) => string {
  let cachedMs = Number.NaN;
  let text = '';
  return (atMs) => {
    const wholeMs = Math.floor(atMs);
    if (wholeMs !== cachedMs) {
      cachedMs = wholeMs;
      text = new Date(wholeMs).toISOString();
    }
    return text;
  };
}
