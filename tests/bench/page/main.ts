import { readByEventSource, readByFetchEventSource, readByParser } from './bare-readers.ts';
import { tickerByEventSource, tickerByFetch, tickerByFetchEventSource } from './ticker-readers.ts';

window.contestants = {
  'EventSource, bare': readByEventSource,
  'EventSource, ticker': tickerByEventSource,
  'fetch-event-source, bare': readByFetchEventSource,
  'fetch-event-source, ticker': tickerByFetchEventSource,
  'eventsource-parser, bare': readByParser,
  'fetch and parser, ticker': tickerByFetch,
};
