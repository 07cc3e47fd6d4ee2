import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Layout {
  /** The panel in full view, if any. */
  readonly expandedId: string | null;
  readonly toggleExpanded: (id: string) => void;
}

const savedLayout = z.object({ expandedId: z.string().nullable() });

/** Each tab's own: a panel is in full view in one window. The last one used is what the next tab begins with. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      expandedId: null,
      toggleExpanded: (id) => set(({ expandedId }) => ({ expandedId: expandedId === id ? null : id })),
    }),
    {
      name: 'streamscope-layout',
      partialize: ({ expandedId }) => ({ expandedId }),
      merge: (saved, current) => {
        const parsed = savedLayout.safeParse(saved);
        return parsed.success ? { ...current, ...parsed.data } : current;
      },
    },
  ),
);
