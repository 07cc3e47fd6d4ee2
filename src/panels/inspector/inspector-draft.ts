import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { findEndpoint } from './endpoint-fields.ts';
import { withoutSecretHeaders, withoutSecretParameters } from './header-lines.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
export const READERS = ['auto', 'sse', 'ndjson', 'json-array', 'csv', 'lines', 'text', 'bytes'] as const;
export type Reader = (typeof READERS)[number];
export const TRANSPORTS = ['fetch', 'EventSource'] as const;

const draftSchema = z.object({
  /** The catalogue's endpoint, such as `GET /stream/json`; null for any URL. */
  endpoint: z.string().nullable(),
  url: z.string().max(8_000),
  /** By endpoint, then by parameter. */
  values: z.record(z.string(), z.record(z.string(), z.string())),
  method: z.enum(METHODS),
  /** `Name: value`, one a line. */
  headers: z.string().max(20_000),
  body: z.string().max(1_000_000),
  reader: z.enum(READERS),
  transport: z.enum(TRANSPORTS),
  /** The event types that `EventSource` listens for beside `message`, joined by commas. */
  eventTypes: z.string().max(1_000),
});
export type InspectorDraft = z.infer<typeof draftSchema>;

export const initialDraft: InspectorDraft = {
  endpoint: 'GET /stream/json',
  url: '',
  values: {},
  method: 'GET',
  headers: '',
  body: '',
  reader: 'auto',
  transport: 'fetch',
  eventTypes: '',
};

/** What of a draft may be stored: everything but secrets. */
export function storedDraft(draft: InspectorDraft): InspectorDraft {
  return {
    ...draft,
    headers: withoutSecretHeaders(draft.headers),
    url: withoutSecretParameters(draft.url),
  };
}

interface DraftStore {
  readonly draft: InspectorDraft;
  readonly change: (part: Partial<InspectorDraft>) => void;
  readonly setValue: (name: string, text: string) => void;
}

/**
 * The request that the form holds; kept in local storage without its secrets, and checked when it comes back. Each tab has
 * its own: what one tab stores, which is without secrets, must not replace what is being typed in another.
 */
export const useInspectorDraft = create<DraftStore>()(
  persist(
    (set) => ({
      draft: initialDraft,
      change: (part) => set(({ draft }) => ({ draft: { ...draft, ...part } })),
      setValue: (name, text) =>
        set(({ draft }) => {
          const key = draft.endpoint ?? '';
          const values = { ...draft.values, [key]: { ...draft.values[key], [name]: text } };
          return { draft: { ...draft, values } };
        }),
    }),
    {
      name: 'streamscope-inspector',
      partialize: ({ draft }) => ({ draft: storedDraft(draft) }),
      merge: (saved, current) => {
        const parsed = z.object({ draft: draftSchema }).safeParse(saved);
        if (!parsed.success) return current;
        const { draft } = parsed.data;
        const known = draft.endpoint === null || findEndpoint(draft.endpoint) !== null;
        return { ...current, draft: known ? draft : { ...draft, endpoint: initialDraft.endpoint } };
      },
    },
  ),
);
