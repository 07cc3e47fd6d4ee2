import { chatSseEndpoint, chatTextEndpoint, shortChatEndpoint } from './chat.ts';
import { bufferedEndpoint, streamedEndpoint } from './comparison.ts';
import { imageEndpoint, largeFileEndpoint, largeTextEndpoint, shortDownloadEndpoint } from './downloads.ts';
import type { Endpoint } from './endpoint.ts';
import {
  csvExportEndpoint,
  databaseResultsEndpoint,
  jsonLinesExportEndpoint,
  shortExportEndpoint,
} from './exports.ts';
import { healthEndpoint } from './health.ts';
import { liveLogsEndpoint, plainLogsEndpoint } from './logs.ts';
import {
  characterTextEndpoint,
  dummyCounterEndpoint,
  dummyEventsEndpoint,
  eventsSampleEndpoint,
  jsonSampleEndpoint,
  negotiatedEndpoint,
  plainStreamEndpoint,
  shortSseSampleEndpoint,
  sseSampleEndpoint,
  toyStreamEndpoint,
  wordTextEndpoint,
} from './samples.ts';
import { longTaskEndpoint, progressEndpoint } from './tasks.ts';
import { tickerEndpoint } from './ticker.ts';

/** Every path of the API but `/`, in the order in which documents and menus show them. */
export const CATALOGUE: readonly Endpoint[] = [
  tickerEndpoint,
  liveLogsEndpoint,
  plainLogsEndpoint,
  chatTextEndpoint,
  chatSseEndpoint,
  shortChatEndpoint,
  longTaskEndpoint,
  progressEndpoint,
  largeFileEndpoint,
  shortDownloadEndpoint,
  largeTextEndpoint,
  imageEndpoint,
  csvExportEndpoint,
  shortExportEndpoint,
  jsonLinesExportEndpoint,
  databaseResultsEndpoint,
  bufferedEndpoint,
  streamedEndpoint,
  characterTextEndpoint,
  wordTextEndpoint,
  jsonSampleEndpoint,
  sseSampleEndpoint,
  eventsSampleEndpoint,
  shortSseSampleEndpoint,
  negotiatedEndpoint,
  plainStreamEndpoint,
  toyStreamEndpoint,
  dummyCounterEndpoint,
  dummyEventsEndpoint,
  healthEndpoint,
];

/** The pages that show a browser what the API is. What they load lies below them. */
export const DOCUMENT_PAGES = ['/docs', '/redoc'] as const;

/** Paths of the API that document it, outside the catalogue. */
export const DOCUMENT_PATHS = ['/openapi.json', ...DOCUMENT_PAGES] as const;
