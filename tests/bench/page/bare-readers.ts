import { fetchEventSource } from '@microsoft/fetch-event-source';
import { createParser } from 'eventsource-parser';
import type { Read } from './contestants.ts';

/** Parses the JSON, and does as much with it as keeps that from being optimised away. */
function counter(events: number, done: () => void) {
  let count = 0;
  let sum = 0;
  return (text: string) => {
    sum += (JSON.parse(text) as { price: number }).price;
    count += 1;
    if (count === events && sum > 0) done();
  };
}

async function timed(events: number, read: () => Promise<void>) {
  const startedAtMs = performance.now();
  await read();
  return { events, dropped: 0, elapsedMs: performance.now() - startedAtMs };
}

export const readByEventSource: Read = (url, events) =>
  timed(events, async () => {
    const source = new EventSource(url);
    await new Promise<void>((resolve, reject) => {
      const take = counter(events, resolve);
      source.onmessage = ({ data }: MessageEvent<string>) => take(data);
      source.onerror = () => reject(new Error('the stream broke'));
    });
    source.close();
  });

export const readByFetchEventSource: Read = (url, events) =>
  timed(events, async () => {
    const controller = new AbortController();
    const take = counter(events, () => controller.abort());
    // It resolves on abort.
    await fetchEventSource(url, {
      signal: controller.signal,
      openWhenHidden: true,
      onmessage: ({ data }) => take(data),
      onerror: (error) => {
        throw error;
      },
    });
  });

export const readByParser: Read = (url, events) =>
  timed(events, async () => {
    let over = false;
    const take = counter(events, () => {
      over = true;
    });
    const parser = createParser({ onEvent: ({ data }) => take(data) });
    const text = new TextDecoder();
    const { body } = await fetch(url);
    const reader = body?.getReader();
    while (reader && !over) {
      const { done, value } = await reader.read();
      if (done) throw new Error('the stream ended early');
      parser.feed(text.decode(value, { stream: true }));
    }
    await reader?.cancel();
  });
