import { z } from 'zod';
import { defineStream, wholeNumber } from './endpoint.ts';

/** How many users the database holds. */
export const USER_COUNT = 200_000;

export const userSchema = z
  .object({
    id: z.number().int().positive(),
    name: z.string(),
    email: z.string(),
    city: z.string(),
    country: z.string(),
    /** `YYYY-MM-DD`. */
    signedUp: z.string(),
    plan: z.enum(['free', 'team', 'enterprise']),
    /** In euros. */
    balance: z.number(),
    /** Free text: with commas, quotes and line breaks here and there, as in real data. */
    note: z.string(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

/** The columns of the CSV export, in order. */
export const USER_COLUMNS = [
  'id',
  'name',
  'email',
  'city',
  'country',
  'signedUp',
  'plan',
  'balance',
  'note',
] as const satisfies readonly (keyof User)[];

export const exportQuerySchema = z.object({
  rows: wholeNumber({ min: 1, max: USER_COUNT, default: 1_000, description: 'How many users' }),
  rate: wholeNumber({
    min: 0,
    max: 1_000_000,
    default: 0,
    description: 'Rows a second; 0 is as fast as the reader reads',
  }),
});

const EXPORT_REFUSALS = { 503: 'The database cannot be used now' } as const;

export const csvExportEndpoint = defineStream({
  family: 'exports',
  method: 'get',
  path: '/export/users/csv',
  summary: 'Users as CSV (RFC 4180), from the database by cursor',
  query: exportQuerySchema,
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  item: userSchema,
  ends: true,
  refusals: EXPORT_REFUSALS,
});

export const shortExportEndpoint = defineStream({
  ...csvExportEndpoint,
  path: '/export',
  summary: 'The same as /export/users/csv',
});

export const jsonLinesExportEndpoint = defineStream({
  family: 'exports',
  method: 'get',
  path: '/export/data/jsonl',
  summary: 'Users as JSON Lines, from the database by cursor',
  query: exportQuerySchema,
  format: 'ndjson',
  mediaType: 'application/jsonl; charset=utf-8',
  item: userSchema,
  ends: true,
  refusals: EXPORT_REFUSALS,
});

export const databaseResultsEndpoint = defineStream({
  family: 'exports',
  method: 'get',
  path: '/stream/database-results',
  summary: 'Users as one JSON array, element by element, from the database by cursor',
  query: exportQuerySchema,
  format: 'json-array',
  mediaType: 'application/json',
  item: userSchema,
  ends: true,
  refusals: EXPORT_REFUSALS,
});
