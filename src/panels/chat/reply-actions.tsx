import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconRefresh } from '@tabler/icons-react';
import type { Reply } from './chat-turn.ts';
import classes from './reply-actions.module.css';

interface ReplyActionsProps {
  readonly reply: Reply;
  readonly onRegenerate?: (() => void) | undefined;
}

/** What can be done with a reply that is over. One that broke has its Retry where it says so. */
export function ReplyActions({ reply, onRegenerate }: ReplyActionsProps) {
  const clipboard = useClipboard({ timeout: 1_500 });
  const whole = reply.state.status === 'complete' || reply.state.status === 'stopped';
  return (
    <span className={classes.actions}>
      {reply.text !== '' && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={clipboard.copied ? 'Reply copied' : 'Copy reply'}
          title="Copy reply"
          onClick={() => clipboard.copy(reply.text)}
        >
          {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      )}
      {whole && onRegenerate && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Regenerate"
          title="Regenerate"
          onClick={onRegenerate}
        >
          <IconRefresh size={14} />
        </ActionIcon>
      )}
    </span>
  );
}
