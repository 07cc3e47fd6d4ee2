import { describe, expect, it } from 'vitest';
import {
  applyChat,
  askAgain,
  askQuestion,
  type ChatState,
  clearConversation,
  initialChat,
  replyUnderWay,
  stopReply,
} from '../../src/panels/chat/chat-store.ts';
import { MAX_REPLY_LENGTH, MAX_TURNS, pieceRate, type Reply } from '../../src/panels/chat/chat-turn.ts';
import type { ChatPiece } from '../../src/panels/chat/read-chat-event.ts';
import type { ConnectionState, StreamEvent } from '../../src/streams/types.ts';
import { chunkOf, requestAt, statusAt } from '../fixtures/stream-events.ts';

const ID = 'r1';
const text = (words: string): ChatPiece => ({ type: 'text-delta', text: words });
const end = (part: Partial<ChatPiece> = {}) =>
  ({ type: 'text-end', text: '', totalTokens: null, responder: null, ...part }) as ChatPiece;
const ended: ConnectionState = { status: 'ended', reason: 'complete' };
const failed = (message: string): ConnectionState => ({
  status: 'failed',
  failure: { kind: 'network', status: null, message },
});

const asked = askQuestion(initialChat, { id: ID, prompt: 'Why?', unit: 'tokens' });
const stateAfter = (...events: StreamEvent<ChatPiece>[]): ChatState =>
  applyChat(asked, ID, [requestAt(1_000), ...events]);
const replyOf = (state: ChatState): Reply => {
  const reply = state.turns.at(-1)?.reply;
  if (!reply) throw new Error('no turn');
  return reply;
};

describe('applyChat', () => {
  it('joins the pieces of a reply and measures it from its request', () => {
    const reply = replyOf(
      stateAfter(
        chunkOf(1_200, [text('Be')]),
        chunkOf(1_300, [text('cause'), text('.')]),
        chunkOf(1_400, [end({ totalTokens: 3, responder: 'notes' } as Partial<ChatPiece>)]),
      ),
    );
    expect(reply).toMatchObject({
      state: { status: 'complete' },
      text: 'Because.',
      pieces: 3,
      firstTokenMs: 200,
      durationMs: 400,
      responder: 'notes',
    });
    expect(pieceRate(reply)).toBeCloseTo(10);
  });

  it.each<[string, StreamEvent<ChatPiece>[], Reply['state'] | { status: string }]>([
    ['waits until something came', [], { status: 'waiting' }],
    ['streams from the first piece on', [chunkOf(1_100, [text('a')])], { status: 'streaming' }],
    ['is complete at its last event', [chunkOf(1_100, [text('a'), end()])], { status: 'complete' }],
    [
      'is complete at the end of a stream without such an event',
      [chunkOf(1_100, [text('a')]), statusAt(1_200, ended)],
      { status: 'complete' },
    ],
    ['is complete though empty', [statusAt(1_200, ended)], { status: 'complete' }],
    [
      'is cut off where an error follows words',
      [chunkOf(1_100, [text('a'), { type: 'error', message: 'overloaded' }])],
      { status: 'cut-off', reason: 'overloaded' },
    ],
    [
      'has failed where an error is all there is',
      [chunkOf(1_100, [{ type: 'error', message: 'overloaded' }])],
      { status: 'failed', reason: 'overloaded', advice: 'The backend reported this.' },
    ],
    [
      'is cut off where the connection breaks after words',
      [chunkOf(1_100, [text('a')]), statusAt(1_200, failed('The connection broke.'))],
      { status: 'cut-off', reason: 'The connection broke.' },
    ],
    [
      'has failed where there never was a connection',
      [statusAt(1_200, failed('x'))],
      {
        status: 'failed',
        reason: 'No connection to the backend',
        advice: expect.stringContaining('running'),
      },
    ],
  ])('%s', (_, events, state) => {
    expect(replyOf(stateAfter(...events)).state).toEqual(state);
  });

  it('keeps the words of a reply that was cut off', () => {
    const state = stateAfter(chunkOf(1_100, [text('half ')]), statusAt(1_200, failed('broke')));
    expect(replyOf(state).text).toBe('half ');
  });

  it('takes nothing after the end', () => {
    const state = stateAfter(chunkOf(1_100, [text('a'), end(), text('b')]), chunkOf(1_200, [text('c')]));
    expect(replyOf(state).text).toBe('a');
  });

  it('takes nothing of a request that was replaced', () => {
    const again = askAgain(stateAfter(chunkOf(1_100, [text('old')])), { replyId: 'r2', unit: 'tokens' });
    const late = applyChat(again, ID, [chunkOf(1_200, [text('late')])]);
    expect(late).toBe(again);
    expect(replyOf(late)).toMatchObject({ id: 'r2', text: '', state: { status: 'waiting' } });
  });

  it('keeps a reply bounded, and says that it was cut', () => {
    const state = stateAfter(chunkOf(1_100, [text('x'.repeat(MAX_REPLY_LENGTH)), text('more')]));
    expect(replyOf(state).text).toHaveLength(MAX_REPLY_LENGTH);
    expect(replyOf(state).state.status).toBe('cut-off');
  });

  it('measures from the last request where the first got no answer', () => {
    const state = stateAfter(requestAt(5_000), chunkOf(5_100, [text('a')]));
    expect(replyOf(state).firstTokenMs).toBe(100);
  });
});

describe('a conversation', () => {
  it('keeps what came when it is stopped, and shows the connection as ended', () => {
    const state = stopReply(
      stateAfter(statusAt(1_000, { status: 'live', attempt: 1 }), chunkOf(1_100, [text('half')])),
      1_500,
    );
    expect(replyOf(state)).toMatchObject({ state: { status: 'stopped' }, text: 'half', durationMs: 500 });
    expect(state.connection.state).toEqual({ status: 'ended', reason: 'stopped' });
  });

  it('is left alone by a stop when nothing is under way', () => {
    const state = stateAfter(chunkOf(1_100, [text('a'), end()]));
    expect(stopReply(state, 2_000)).toBe(state);
  });

  it('keeps the last turns alone', () => {
    let state = initialChat;
    for (let count = 0; count < MAX_TURNS + 5; count += 1) {
      state = askQuestion(state, { id: String(count), prompt: String(count), unit: 'tokens' });
    }
    expect(state.turns).toHaveLength(MAX_TURNS);
    expect(state.turns.at(-1)?.prompt).toBe(String(MAX_TURNS + 4));
  });

  it('has nothing under way once it is cleared', () => {
    expect(replyUnderWay(clearConversation(asked))).toBeNull();
  });
});
