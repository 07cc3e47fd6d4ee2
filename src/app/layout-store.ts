import { create } from 'zustand';

interface Layout {
  /** The panel in full view, if any. */
  readonly expandedId: string | null;
  readonly toggleExpanded: (id: string) => void;
}

export const useLayout = create<Layout>()((set) => ({
  expandedId: null,
  toggleExpanded: (id) => set(({ expandedId }) => ({ expandedId: expandedId === id ? null : id })),
}));
