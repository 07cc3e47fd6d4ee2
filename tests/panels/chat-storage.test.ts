import { describe, expect, it } from 'vitest';
import { emptyReply, type Turn } from '../../src/panels/chat/chat-turn.ts';
import {
  type ConversationStorage,
  loadConversation,
  MAX_STORED_LENGTH,
  saveConversation,
  withinBounds,
} from '../../src/panels/chat/conversation-storage.ts';

function memoryStorage(): ConversationStorage & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => entries.set(key, value),
    removeItem: (key) => entries.delete(key),
  };
}

const turn = (id: string, text: string, state: Turn['reply']['state'] = { status: 'complete' }): Turn => ({
  id,
  prompt: `question ${id}`,
  reply: { ...emptyReply(id, 'tokens'), text, state },
});

describe('a stored conversation', () => {
  it('comes back as it was', () => {
    const storage = memoryStorage();
    const turns = [
      turn('a', 'one'),
      turn('b', 'two', { status: 'cut-off', reason: 'broke' }),
      turn('c', '', { status: 'failed', reason: 'down', advice: 'start it' }),
    ];
    expect(saveConversation(storage, turns)).toBe(true);
    expect(loadConversation(storage)).toEqual(turns);
  });

  it.each(['waiting', 'streaming'] as const)('shows a reply that was %s as interrupted', (status) => {
    const storage = memoryStorage();
    saveConversation(storage, [turn('a', 'half', { status })]);
    expect(loadConversation(storage)[0]?.reply).toMatchObject({
      text: 'half',
      state: { status: 'interrupted' },
    });
  });

  it.each(['no JSON', '{"turns":[]}', '[{"id":1}]'])(
    'is empty where %s is found, and that is gone',
    (found) => {
      const storage = memoryStorage();
      saveConversation(storage, [turn('a', 'one')]);
      for (const key of storage.entries.keys()) storage.entries.set(key, found);
      expect(loadConversation(storage)).toEqual([]);
      expect(storage.entries.size).toBe(0);
    },
  );

  it('leaves nothing behind once cleared', () => {
    const storage = memoryStorage();
    saveConversation(storage, [turn('a', 'one')]);
    saveConversation(storage, []);
    expect(storage.entries.size).toBe(0);
  });

  it('says that a full storage refused it, and does not throw', () => {
    const full: ConversationStorage = {
      ...memoryStorage(),
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(saveConversation(full, [turn('a', 'one')])).toBe(false);
  });

  it('keeps the latest turns that fit', () => {
    const long = 'x'.repeat(MAX_STORED_LENGTH / 2 - 100);
    const turns = [turn('a', long), turn('b', long), turn('c', long)];
    expect(withinBounds(turns).map(({ id }) => id)).toEqual(['b', 'c']);
  });
});
