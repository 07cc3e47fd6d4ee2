import { z } from 'zod';
import { defineStream, delayMsParameter, wholeNumber } from './endpoint.ts';

export const comparisonRowSchema = z
  .object({
    id: z.number().int().positive(),
    message: z.string(),
    /** ISO 8601, UTC: when the server had this row ready. */
    producedAt: z.string(),
  })
  .meta({ id: 'ComparisonRow' });
export type ComparisonRow = z.infer<typeof comparisonRowSchema>;

/** A row of any backend: nothing of it is needed to time its arrival. */
export const tolerantComparisonRowSchema = z.looseObject({
  producedAt: z.union([z.string(), z.number()]).optional(),
});

export const comparisonQuerySchema = z.object({
  rows: wholeNumber({ min: 1, max: 1_000, default: 20, description: 'How many rows' }),
  delay: delayMsParameter(100),
});

export const bufferedEndpoint = defineStream({
  family: 'comparison',
  method: 'get',
  path: '/demo/comparison/buffered',
  summary: 'Rows held back until the last one is made, then sent as one JSON array',
  query: comparisonQuerySchema,
  format: 'json',
  mediaType: 'application/json',
  item: z.array(comparisonRowSchema),
  ends: true,
});

export const streamedEndpoint = defineStream({
  family: 'comparison',
  method: 'get',
  path: '/demo/comparison/streamed',
  summary: 'The same rows at the same pace, each sent as it is made, as NDJSON',
  query: comparisonQuerySchema,
  format: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  item: comparisonRowSchema,
  ends: true,
});
