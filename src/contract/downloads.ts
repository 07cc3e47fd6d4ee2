import { z } from 'zod';
import { defineStream, wholeNumber } from './endpoint.ts';

/** The largest download, in bytes: 10 GB. */
export const MAX_DOWNLOAD_BYTES = 10_000_000_000;

const rateParameter = wholeNumber({
  min: 0,
  max: MAX_DOWNLOAD_BYTES,
  default: 0,
  description: 'Bytes a second; 0 is as fast as the reader reads',
});

const downloadQuerySchema = z.object({
  size: wholeNumber({ min: 1, max: MAX_DOWNLOAD_BYTES, default: 10_000_000, description: 'Bytes to send' }),
  rate: rateParameter,
});

export const largeFileEndpoint = defineStream({
  family: 'downloads',
  method: 'get',
  path: '/download/large-file',
  summary: 'A file of any size whose bytes any offset can reproduce',
  query: downloadQuerySchema,
  format: 'bytes',
  mediaType: 'application/octet-stream',
  ends: true,
});

export const shortDownloadEndpoint = defineStream({
  ...largeFileEndpoint,
  path: '/download',
  summary: 'The same as /download/large-file',
});

export const largeTextEndpoint = defineStream({
  family: 'downloads',
  method: 'get',
  path: '/stream/large-data',
  summary: 'Text of any size in chunks, its length not said',
  query: downloadQuerySchema,
  format: 'text',
  mediaType: 'text/plain; charset=utf-8',
  item: z.string(),
  ends: true,
});

/** The pictures there are, by ID. */
export const PICTURES = [
  { id: 1, title: 'Ridges at dusk', width: 960, height: 600 },
  { id: 2, title: 'Julia set', width: 960, height: 600 },
  { id: 3, title: 'Aurora', width: 960, height: 600 },
] as const;

export const imageEndpoint = defineStream({
  family: 'downloads',
  method: 'get',
  path: '/download/image/{id}',
  summary: 'A progressive JPEG, sent slowly enough to be seen building up',
  params: z.object({
    id: z.coerce
      .number({ error: `must be a whole number from 1 to ${PICTURES.length}` })
      .int({ error: `must be a whole number from 1 to ${PICTURES.length}` })
      .meta({ description: `Which picture, 1 to ${PICTURES.length}`, example: 1 }),
  }),
  query: z.object({
    rate: wholeNumber({
      min: 0,
      max: 1_000_000_000,
      default: 60_000,
      description: 'Bytes a second; 0 is as fast as the reader reads',
    }),
  }),
  format: 'bytes',
  mediaType: 'image/jpeg',
  ends: true,
  refusals: { 404: 'There is no picture of this ID' },
});
