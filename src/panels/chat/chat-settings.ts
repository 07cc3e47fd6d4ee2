import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Which endpoint answers: events with metadata, or plain text. */
export const CHAT_ENDPOINTS = ['sse', 'text'] as const;
export type ChatEndpoint = (typeof CHAT_ENDPOINTS)[number];

interface ChatSettings {
  readonly endpoint: ChatEndpoint;
  readonly choose: (endpoint: ChatEndpoint) => void;
}

const savedSchema = z.object({ endpoint: z.enum(CHAT_ENDPOINTS) });

/**
 * What the user has set in this panel; kept in local storage, and checked when it comes back from there. Each tab's own: its
 * next question goes where it says, and of one setting no tab can write back another.
 */
export const useChatSettings = create<ChatSettings>()(
  persist((set) => ({ endpoint: 'sse', choose: (endpoint) => set({ endpoint }) }), {
    name: 'streamscope-chat',
    partialize: ({ endpoint }) => ({ endpoint }),
    merge: (saved, current) => {
      const parsed = savedSchema.safeParse(saved);
      return parsed.success ? { ...current, ...parsed.data } : current;
    },
  }),
);
