import { IconArrowDown } from '@tabler/icons-react';
import { announcementOf } from './announcement.ts';
import { isUnderWay, type Turn } from './chat-turn.ts';
import classes from './conversation.module.css';
import { SuggestedPrompts } from './suggested-prompts.tsx';
import { TurnView } from './turn-view.tsx';
import { useFollow } from './use-follow.ts';

interface ConversationProps {
  readonly turns: readonly Turn[];
  readonly onAsk: (prompt: string) => void;
  readonly onAgain: () => void;
}

/** Questions and replies, oldest first, kept at its end until the reader scrolls up. */
export function Conversation({ turns, onAsk, onAgain }: ConversationProps) {
  const last = turns.at(-1);
  const { scroller, content, following, jumpToEnd } = useFollow(last?.reply.id);
  return (
    <div className={classes.conversation}>
      {/* Its own live region says starts and ends; a log would read every token aloud. */}
      <div
        ref={scroller}
        className={classes.scroll}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        aria-busy={last !== undefined && isUnderWay(last.reply.state)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div ref={content} className={classes.column} data-empty={turns.length === 0}>
          {turns.length === 0 && <SuggestedPrompts onAsk={onAsk} />}
          {turns.map((turn) => (
            <TurnView key={turn.id} turn={turn} onAgain={turn === last ? onAgain : undefined} />
          ))}
        </div>
      </div>
      {!following && turns.length > 0 && (
        <button type="button" className={classes.jump} onClick={jumpToEnd}>
          <IconArrowDown size={13} aria-hidden="true" /> Jump to latest
        </button>
      )}
      <p className={classes.announcement} aria-live="polite">
        {announcementOf(turns)}
      </p>
    </div>
  );
}
