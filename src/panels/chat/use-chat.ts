import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { runInFrames } from '../../store/frame-batch.ts';
import type { BackendTarget, StreamEvent } from '../../streams/types.ts';
import { useThrown } from '../../ui/use-thrown.ts';
import { type ChatEndpoint, useChatSettings } from './chat-settings.ts';
import {
  applyChat,
  askAgain,
  askQuestion,
  type ChatState,
  clearConversation,
  initialChat,
  leaveConnection,
  outlivesReply,
  replyUnderWay,
  stopReply,
} from './chat-store.ts';
import { loadConversation, saveConversation } from './conversation-storage.ts';
import { newId } from './new-id.ts';
import { type OpenReply, openReply } from './open-reply.ts';
import type { ChatPiece } from './read-chat-event.ts';

const units = { sse: 'tokens', text: 'chunks' } as const;

/** A conversation is written at most this often while a reply grows. */
const SAVE_INTERVAL_MS = 500;

/** The conversation, and what can be done with it. One reply at a time. */
export function useChat(target: BackendTarget, open: OpenReply = openReply) {
  const onThrown = useThrown();
  const [store] = useState(() =>
    createStore<ChatState>(() => ({ ...initialChat, turns: loadConversation(localStorage) })),
  );
  const endpoint = useChatSettings((settings) => settings.endpoint);
  const request = useRef<AbortController | null>(null);
  useSavedConversation(store);

  const stop = useCallback(() => {
    request.current?.abort();
    request.current = null;
    store.setState((state) => stopReply(state, performance.now()), true);
  }, [store]);

  // A reply that nobody reads, or that another backend was asked for, ends.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `target` is what ends it
  useEffect(() => stop, [stop, target]);

  const actions = useMemo(() => {
    const follow = (replyId: string, prompt: string, asked: ChatEndpoint) => {
      request.current?.abort();
      const controller = new AbortController();
      request.current = controller;
      const { signal } = controller;
      const take = (batch: readonly StreamEvent<ChatPiece>[]) => {
        store.setState((state) => applyChat(state, replyId, batch), true);
        // Longer than what is kept of a reply, say.
        if (!outlivesReply(store.getState(), replyId)) return;
        controller.abort();
        store.setState(leaveConnection, true);
      };
      runInFrames(open({ target, endpoint: asked, prompt, signal }), take, { signal }).catch(onThrown);
    };
    return {
      send(prompt: string) {
        if (replyUnderWay(store.getState())) return;
        const id = newId();
        store.setState((state) => askQuestion(state, { id, prompt, unit: units[endpoint] }), true);
        const reply = replyUnderWay(store.getState());
        if (reply) follow(reply.id, prompt, endpoint);
      },
      /** Asks the last question again, whatever became of its reply. */
      regenerate() {
        const prompt = store.getState().turns.at(-1)?.prompt;
        if (prompt === undefined) return;
        request.current?.abort();
        const replyId = newId();
        store.setState((state) => askAgain(state, { replyId, unit: units[endpoint] }), true);
        follow(replyId, prompt, endpoint);
      },
      clear() {
        stop();
        store.setState(clearConversation, true);
      },
    };
  }, [store, target, endpoint, open, stop, onThrown]);

  return { state: useStore(store), stop, ...actions };
}

function useSavedConversation(store: StoreApi<ChatState>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const save = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      saveConversation(localStorage, store.getState().turns);
    };
    const unsubscribe = store.subscribe((state, previous) => {
      if (state.turns !== previous.turns) timer ??= setTimeout(save, SAVE_INTERVAL_MS);
    });
    window.addEventListener('pagehide', save);
    return () => {
      unsubscribe();
      window.removeEventListener('pagehide', save);
      if (timer !== null) save();
    };
  }, [store]);
}
