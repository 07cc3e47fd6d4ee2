import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { parameterError } from '../../contract/endpoint.ts';
import {
  csvExportEndpoint,
  databaseResultsEndpoint,
  exportQuerySchema,
  jsonLinesExportEndpoint,
} from '../../contract/exports.ts';
import { keepBetweenTabs } from '../../store/between-tabs.ts';

export const EXPORT_FORMATS = ['csv', 'ndjson', 'json-array'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What each format is called, and where it comes from. */
export const exportFormats = {
  csv: { label: 'CSV', endpoint: csvExportEndpoint },
  ndjson: { label: 'JSON Lines', endpoint: jsonLinesExportEndpoint },
  'json-array': { label: 'JSON array', endpoint: databaseResultsEndpoint },
} as const satisfies Record<ExportFormat, unknown>;

/** Rows a second that the panel offers; 0 is as fast as this page reads. */
export const EXPORT_RATES = [0, 10, 100, 1_000, 10_000] as const;

const savedSchema = z.object({
  format: z.enum(EXPORT_FORMATS),
  rows: z.string().max(12),
  rate: z.literal(EXPORT_RATES),
});
type SavedExportSettings = z.infer<typeof savedSchema>;

interface ExportSettings extends SavedExportSettings {
  readonly change: (part: Partial<SavedExportSettings>) => void;
}

export const useExportSettings = create<ExportSettings>()(
  persist((set) => ({ format: 'csv', rows: '5000', rate: 0, change: (part) => set(part) }), {
    name: 'streamscope-exports',
    partialize: ({ format, rows, rate }) => ({ format, rows, rate }),
    merge: (saved, current) => {
      const parsed = savedSchema.safeParse(saved);
      return parsed.success ? { ...current, ...parsed.data } : current;
    },
  }),
);

// A form is not filled in from another tab: what is asked for next is what stands here.
keepBetweenTabs(useExportSettings, { own: ['format', 'rows', 'rate'] });

export const rowsError = (text: string) => parameterError(exportQuerySchema.shape.rows, text);
