import {
  foldConnection,
  initialConnectionView,
  stoppedConnectionView,
} from '../../streams/connection-view.ts';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { ConnectionState, ConnectionView, StreamEvent } from '../../streams/types.ts';
import {
  emptyReply,
  isUnderWay,
  MAX_REPLY_LENGTH,
  MAX_TURNS,
  type Reply,
  type ReplyState,
  type ReplyUnit,
  type Turn,
} from './chat-turn.ts';
import type { ChatPiece } from './read-chat-event.ts';

export interface ChatState {
  readonly connection: ConnectionView;
  /** Oldest first. At most the last one is under way. */
  readonly turns: readonly Turn[];
  /** When the request of the reply under way was sent, on `performance.now()`'s clock. */
  readonly requestedAtMs: number | null;
}

export const initialChat: ChatState = { connection: initialConnectionView, turns: [], requestedAtMs: null };

/** Adds a question whose reply is under way from now on. */
export function askQuestion(
  state: ChatState,
  { id, prompt, unit }: { id: string; prompt: string; unit: ReplyUnit },
): ChatState {
  const turns = [...state.turns.slice(1 - MAX_TURNS), { id, prompt, reply: emptyReply(id, unit) }];
  return { connection: initialConnectionView, turns, requestedAtMs: null };
}

/** Asks the last question again: the reply that is there makes way. */
export function askAgain(
  state: ChatState,
  { replyId, unit }: { replyId: string; unit: ReplyUnit },
): ChatState {
  const last = state.turns.at(-1);
  if (!last) return state;
  const turns = [...state.turns.slice(0, -1), { ...last, reply: emptyReply(replyId, unit) }];
  return { connection: initialConnectionView, turns, requestedAtMs: null };
}

/** The person has read enough: what came is kept. */
export function stopReply(state: ChatState, atMs: number): ChatState {
  const reply = replyUnderWay(state);
  if (!reply) return state;
  return {
    ...replaceReply(state, settle(reply, { status: 'stopped' }, elapsed(state, atMs))),
    connection: stoppedConnectionView(state.connection),
  };
}

/** Whether the reply is over although its connection is not: it was settled before the end of its stream. */
export function outlivesReply(state: ChatState, replyId: string): boolean {
  const { status } = state.connection.state;
  return replyUnderWay(state)?.id !== replyId && status !== 'ended' && status !== 'failed';
}

/** The connection of a reply that needs no more of it. */
export function leaveConnection(state: ChatState): ChatState {
  return { ...state, connection: stoppedConnectionView(state.connection) };
}

export function clearConversation(state: ChatState): ChatState {
  return { ...state, turns: [] };
}

/** Folds a frame's events into the reply that they belong to. Events of a reply that is over change nothing. */
export function applyChat(
  state: ChatState,
  replyId: string,
  events: readonly StreamEvent<ChatPiece>[],
): ChatState {
  if (replyUnderWay(state)?.id !== replyId) return state;
  let next: ChatState = { ...state, connection: foldConnection(state.connection, events) };
  for (const event of events) {
    const reply = replyUnderWay(next);
    if (!reply) break;
    next = applyEvent(next, reply, event);
  }
  return next;
}

function applyEvent(state: ChatState, reply: Reply, event: StreamEvent<ChatPiece>): ChatState {
  switch (event.type) {
    case 'request':
      return { ...state, requestedAtMs: event.atMs };
    case 'chunk': {
      let next = reply;
      for (const { value } of event.messages) {
        if (!isUnderWay(next.state)) break;
        next = applyPiece(next, value, elapsed(state, event.atMs));
      }
      return replaceReply(state, next);
    }
    case 'status':
      return applyStatus(state, reply, event.state, event.atMs);
    case 'response':
    case 'malformed':
    case 'gap':
    case 'dropped':
    case 'repeated':
    case 'joined':
      return state;
  }
}

function applyPiece(reply: Reply, piece: ChatPiece, afterMs: number | null): Reply {
  switch (piece.type) {
    case 'text-delta':
      return append(reply, piece.text, afterMs);
    case 'text-end': {
      const whole = piece.text === '' ? reply : append(reply, piece.text, afterMs);
      const pieces = piece.totalTokens ?? whole.pieces;
      return settle(
        { ...whole, pieces, responder: piece.responder ?? whole.responder },
        { status: 'complete' },
        afterMs,
      );
    }
    case 'error':
      return settle(reply, brokenOff(reply, piece.message, 'The backend reported this.'), afterMs);
  }
}

function append(reply: Reply, text: string, afterMs: number | null): Reply {
  const next: Reply = {
    ...reply,
    state: { status: 'streaming' },
    text: reply.text + text,
    pieces: reply.pieces + 1,
    firstTokenMs: reply.firstTokenMs ?? afterMs,
  };
  if (next.text.length <= MAX_REPLY_LENGTH) return next;
  const reason = `longer than ${MAX_REPLY_LENGTH.toLocaleString('en-US')} characters, which is all that is kept`;
  return settle(
    { ...next, text: next.text.slice(0, MAX_REPLY_LENGTH) },
    { status: 'cut-off', reason },
    afterMs,
  );
}

function applyStatus(state: ChatState, reply: Reply, connection: ConnectionState, atMs: number): ChatState {
  switch (connection.status) {
    case 'ended': {
      const status = connection.reason === 'stopped' ? 'stopped' : 'complete';
      return replaceReply(state, settle(reply, { status }, elapsed(state, atMs)));
    }
    case 'failed': {
      const fate = fateOf(reply, connection);
      return replaceReply(state, settle(reply, fate, elapsed(state, atMs)));
    }
    case 'idle':
    case 'connecting':
    case 'live':
    case 'stalled':
    case 'reconnecting':
    case 'paused':
      return state;
  }
}

function brokenOff(reply: Reply, reason: string, advice: string): ReplyState {
  return reply.text === '' ? { status: 'failed', reason, advice } : { status: 'cut-off', reason };
}

function fateOf(reply: Reply, failed: Extract<ConnectionState, { status: 'failed' }>): ReplyState {
  const { message } = failed.failure;
  const words = describeFailure(failed);
  // Once words came there was a connection, and what broke it is all there is to say.
  const title = reply.text === '' && words !== null ? words.title : message;
  return brokenOff(reply, title, words?.advice ?? '');
}

function settle(reply: Reply, state: ReplyState, durationMs: number | null): Reply {
  return { ...reply, state, durationMs };
}

function replaceReply(state: ChatState, reply: Reply): ChatState {
  const last = state.turns.at(-1);
  if (!last || last.reply === reply) return state;
  return { ...state, turns: [...state.turns.slice(0, -1), { ...last, reply }] };
}

export function replyUnderWay({ turns }: ChatState): Reply | null {
  const reply = turns.at(-1)?.reply;
  return reply && isUnderWay(reply.state) ? reply : null;
}

const elapsed = ({ requestedAtMs }: ChatState, atMs: number): number | null =>
  requestedAtMs === null ? null : Math.max(0, atMs - requestedAtMs);
