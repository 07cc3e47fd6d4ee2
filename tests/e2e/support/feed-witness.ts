/** A reader of a feed that stands beside the browser: it knows how far the feed is while the browser does not. */
export interface FeedWitness {
  /** Resolves as soon as the feed is past this event, and tells how far it is. */
  untilPast(sequence: number): Promise<number>;
  leave(): void;
}

export async function startFeedWitness(url: string): Promise<FeedWitness> {
  const controller = new AbortController();
  const response = await fetch(url, { signal: controller.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let sequence = 0;
  let rest = '';
  return {
    async untilPast(wanted) {
      while (sequence <= wanted) {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) throw new Error('the feed ended');
        const text = rest + value;
        for (const [, digits] of text.matchAll(/^id: \w+-(\d+)\n/gm)) sequence = Number(digits);
        rest = text.slice(text.lastIndexOf('\n') + 1);
      }
      return sequence;
    },
    leave: () => controller.abort(),
  };
}
