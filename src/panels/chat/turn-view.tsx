import { memo } from 'react';
import type { Turn } from './chat-turn.ts';
import { ReplyView } from './reply-view.tsx';
import classes from './turn-view.module.css';

interface TurnViewProps {
  readonly turn: Turn;
  readonly onAgain?: (() => void) | undefined;
}

/** A question and its reply. Only the last turn of a conversation is drawn again while it grows. */
export const TurnView = memo(function TurnView({ turn, onAgain }: TurnViewProps) {
  return (
    <article className={classes.turn}>
      <p className={classes.prompt}>
        <span className={classes.speaker}>You asked: </span>
        {turn.prompt}
      </p>
      <ReplyView key={turn.reply.id} reply={turn.reply} onAgain={onAgain} />
    </article>
  );
});
