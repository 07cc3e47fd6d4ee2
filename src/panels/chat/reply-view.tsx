import { Notice } from '../../ui/notice.tsx';
import { isUnderWay, type Reply } from './chat-turn.ts';
import { ReplyActions } from './reply-actions.tsx';
import { ReplyMeasures } from './reply-measures.tsx';
import { ReplyText } from './reply-text.tsx';
import classes from './reply-view.module.css';

interface ReplyViewProps {
  readonly reply: Reply;
  /** Asks for it again; left out for all but the last. */
  readonly onAgain?: (() => void) | undefined;
}

/** A reply, what became of it, and what was measured. */
export function ReplyView({ reply, onAgain }: ReplyViewProps) {
  const { state, text } = reply;
  return (
    <div className={classes.reply} data-status={state.status}>
      {state.status === 'waiting' && <Waiting />}
      {text !== '' && (
        <ReplyText text={text} growing={isUnderWay(state)} whole={state.status === 'complete'} />
      )}
      <ReplyFate reply={reply} onAgain={onAgain} />
      {!isUnderWay(state) && (
        <div className={classes.foot}>
          <ReplyMeasures reply={reply} />
          <ReplyActions reply={reply} onRegenerate={onAgain} />
        </div>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} title="Waiting for the first token">
      <span aria-hidden="true" />
      <span aria-hidden="true" />
      <span aria-hidden="true" />
    </div>
  );
}

/** Says what went wrong, if anything did. */
function ReplyFate({ reply, onAgain }: ReplyViewProps) {
  const { state } = reply;
  const action = onAgain && { action: { label: 'Retry', onClick: onAgain } };
  switch (state.status) {
    case 'waiting':
    case 'streaming':
      return null;
    case 'complete':
      return reply.text === '' ? (
        <Notice tone="calm" title="The reply was empty">
          The stream ended without a word.
        </Notice>
      ) : null;
    case 'stopped':
      return <p className={classes.stopped}>Stopped by you</p>;
    case 'cut-off':
      return (
        <Notice tone="warn" title="The reply was cut off" {...action}>
          {state.reason}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="failed" title={state.reason} {...action}>
          {state.advice}
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice tone="warn" title="The reply was interrupted" {...action}>
          The page was closed or reloaded while it came.
        </Notice>
      );
  }
}
