import { ActionIcon } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { MAX_PROMPT_LENGTH } from '../../contract/chat.ts';
import { formatCount } from '../../ui/format.ts';
import classes from './composer.module.css';
import { NEAR_THE_LIMIT, readDraft } from './read-prompt.ts';

interface ComposerProps {
  readonly answering: boolean;
  readonly onSend: (prompt: string) => void;
  readonly onStop: () => void;
}

/** Where a question is written. Enter sends it, Shift+Enter begins a new line. */
export function Composer({ answering, onSend, onStop }: ComposerProps) {
  const [draft, setDraft] = useState('');
  const noteId = useId();
  const state = readDraft(draft);

  const send = () => {
    if (answering || state.status !== 'ready') return;
    onSend(state.prompt);
    setDraft('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that ends an input method's composition is not the writer's.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className={classes.composer}>
      <div className={classes.box} data-invalid={state.status === 'too-long'}>
        <textarea
          className={classes.text}
          aria-label="Message"
          aria-describedby={noteId}
          aria-invalid={state.status === 'too-long'}
          placeholder="Ask about HTTP streaming"
          rows={1}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {answering ? (
          <ActionIcon size="md" radius="xl" variant="default" aria-label="Stop" title="Stop" onClick={onStop}>
            <IconPlayerStopFilled size={13} />
          </ActionIcon>
        ) : (
          <ActionIcon
            size="md"
            radius="xl"
            aria-label="Send"
            title="Send"
            disabled={state.status !== 'ready'}
            onClick={send}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
        )}
      </div>
      <p id={noteId} className={classes.note} data-invalid={state.status === 'too-long'}>
        {noteOf(draft, state)}
      </p>
    </div>
  );
}

function noteOf(draft: string, state: ReturnType<typeof readDraft>): string {
  if (state.status === 'too-long') return state.words;
  const { length } = draft.trim();
  return length >= NEAR_THE_LIMIT
    ? `${formatCount(length)} of ${formatCount(MAX_PROMPT_LENGTH)} characters`
    : 'Enter sends, Shift+Enter begins a new line';
}
