import { describe, expect, it } from 'vitest';
import { type ChatPiece, readChatEvent, readChatText } from '../../src/panels/chat/read-chat-event.ts';

const text = (words: string): ChatPiece => ({ type: 'text-delta', text: words });
const end = (part: Partial<Extract<ChatPiece, { type: 'text-end' }>> = {}): ChatPiece => ({
  type: 'text-end',
  text: '',
  totalTokens: null,
  responder: null,
  ...part,
});
const read = (data: unknown, event = 'message') => readChatEvent({ id: null, event, data });

describe('readChatEvent', () => {
  it.each<[string, string, ChatPiece]>([
    ['the built-in form', '{"token":"Hi","index":0}', text('Hi')],
    ['a token alone', '{"token":"Hi"}', text('Hi')],
    ['content', '{"content":" there"}', text(' there')],
    ['delta', '{"delta":"!"}', text('!')],
    ['text', '{"text":"\\n"}', text('\n')],
    ['an empty token', '{"token":""}', text('')],
    ['a token that is not yet the last', '{"token":"a","done":false}', text('a')],
    ['bare text', 'Hello', text('Hello')],
    ['bare text that begins with a space', ' world', text(' world')],
    ['bare text that JSON would take for a number', '42', text('42')],
    ['bare text that JSON would take for a word of its own', 'true', text('true')],
    ['a bare list', '[1]', text('[1]')],
    ['a bare brace', '{', text('{')],
    ['a JSON string', '"Hi \\u00e9"', text('Hi é')],
    ['a line feed, of which an event keeps nothing', '', text('\n')],
    ['[DONE]', '[DONE]', end()],
    ['[DONE] with blanks', ' [DONE] ', end()],
    ['done', '{"done":true}', end()],
    [
      'done with its counts',
      '{"done":true,"totalTokens":3,"responder":"notes","durationMs":9}',
      end({ totalTokens: 3, responder: 'notes' }),
    ],
    ['done with the last token', '{"token":"end.","done":true}', end({ text: 'end.' })],
    ['an error in a data event', '{"error":"overloaded"}', { type: 'error', message: 'overloaded' }],
    ['a nested error', '{"error":{"message":"no quota"}}', { type: 'error', message: 'no quota' }],
  ])('reads %s', (_, data, piece) => {
    expect(read(data)).toEqual({ ok: true, value: piece });
  });

  it.each<[string, string, string, ChatPiece]>([
    ['an error event', 'error', '{"message":"out of notes"}', { type: 'error', message: 'out of notes' }],
    ['an error event in bare words', 'error', 'boom', { type: 'error', message: 'boom' }],
    ['an error event without words', 'error', '', { type: 'error', message: 'the backend gave no reason' }],
    ['a done event', 'done', '{}', end()],
    ['a done event that counts', 'done', '{"done":true,"totalTokens":7}', end({ totalTokens: 7 })],
    ['an end event in words', 'end', 'bye', end()],
  ])('reads %s', (_, event, data, piece) => {
    expect(read(data, event)).toEqual({ ok: true, value: piece });
  });

  it.each<[string, unknown]>([
    ['broken JSON', '{"token": "Hel'],
    ['an object of another kind', '{"price": 3}'],
    ['a token that is no text', '{"token": 3}'],
    ['no text at all', 3],
  ])('refuses %s with a reason', (_, data) => {
    expect(read(data)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
  });
});

describe('readChatText', () => {
  it('takes text as it is, whatever it looks like', () => {
    expect(readChatText({ id: null, event: 'message', data: '{"token":"x"} [DONE]' })).toEqual({
      ok: true,
      value: text('{"token":"x"} [DONE]'),
    });
  });
});
