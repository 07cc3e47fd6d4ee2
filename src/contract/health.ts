import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

export const healthSchema = z.object({
  status: z.string(),
  version: z.string(),
  uptimeSeconds: z.number().nonnegative(),
  /** Streams that are being read at this moment. */
  activeStreams: z.number().int().nonnegative(),
});
export type Health = z.infer<typeof healthSchema>;

/** What any backend's health says at the least. */
export const tolerantHealthSchema = healthSchema.partial().extend({ status: z.string() });
export type TolerantHealth = z.infer<typeof tolerantHealthSchema>;

export const healthEndpoint = defineEndpoint({
  family: 'health',
  method: 'get',
  path: '/health',
  summary: 'Is it up, and how many streams are being read',
  query: z.object({}),
  format: 'json',
  mediaType: 'application/json',
  item: healthSchema,
  ends: true,
});

/** With `Accept: application/json`; a browser gets the dashboard at the same path. */
export const rootEndpoint = defineEndpoint({
  ...healthEndpoint,
  path: '/',
  summary: 'A basic check, the same as /health',
});
