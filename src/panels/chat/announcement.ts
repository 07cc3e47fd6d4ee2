import type { Turn } from './chat-turn.ts';

/** What a screen reader hears of the last reply: its start and its end, never its tokens. */
export function announcementOf(turns: readonly Turn[]): string {
  const reply = turns.at(-1)?.reply;
  if (!reply) return '';
  switch (reply.state.status) {
    case 'waiting':
      return 'Question sent';
    case 'streaming':
      return 'The reply has started';
    case 'complete':
      return reply.text === '' ? 'The reply was empty' : 'The reply is complete';
    case 'stopped':
      return 'The reply was stopped';
    case 'cut-off':
      return `The reply was cut off: ${reply.state.reason}`;
    case 'failed':
      // An alert says it.
      return '';
    case 'interrupted':
      return '';
  }
}
