import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { BackendTarget } from '../streams/types.ts';

interface Settings {
  /** Null is the backend that serves this page. */
  readonly backendUrl: string | null;
  /** In this tab's memory alone: never stored, never in a URL. */
  readonly token: string | null;
  readonly setBackend: (backendUrl: string | null, token: string | null) => void;
}

const backendUrlSchema = z.url({
  protocol: /^https?$/,
  error: 'must be a URL such as http://localhost:8000',
});

const savedSettings = z.object({ backendUrl: z.string().nullable() });

/** Each tab's own: a backend that another tab was set to must not be sent this tab's token. */
export const useSettings = create<Settings>()(
  persist(
    (set) => ({
      backendUrl: null,
      token: null,
      setBackend: (backendUrl, token) => set({ backendUrl, token }),
    }),
    {
      name: 'streamscope-settings',
      partialize: ({ backendUrl }) => ({ backendUrl }),
      merge: (saved, current) => {
        const parsed = savedSettings.safeParse(saved);
        const read = readBackendUrl(parsed.data?.backendUrl ?? '');
        return 'url' in read ? { ...current, backendUrl: read.url } : current;
      },
    },
  ),
);

/**
 * Reads what a person typed as a backend's URL.
 *
 * @returns the URL with neither query nor slash at its end, `null` for blank, or what is wrong with it.
 */
export function readBackendUrl(text: string): { url: string | null } | { error: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { url: null };
  const parsed = backendUrlSchema.safeParse(trimmed);
  if (!parsed.success) return { error: parsed.error.issues[0]?.message ?? 'must be a URL' };
  const url = new URL(parsed.data);
  if (url.username !== '' || url.password !== '') return { error: 'must carry no user name or password' };
  return { url: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}

/** Where the API is: the setting, or the origin of this page. */
export function backendTarget(settings: Pick<Settings, 'backendUrl' | 'token'>): BackendTarget {
  return { baseUrl: settings.backendUrl ?? window.location.origin, token: settings.token };
}
