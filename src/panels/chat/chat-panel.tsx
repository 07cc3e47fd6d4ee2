import { ActionIcon } from '@mantine/core';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { describeFailure } from '../../streams/describe-failure.ts';
import type { BackendTarget } from '../../streams/types.ts';
import { PanelFrame } from '../../ui/panel-frame.tsx';
import type { PanelView } from '../../ui/readings.ts';
import { replyUnderWay } from './chat-store.ts';
import { ChatToolbar } from './chat-toolbar.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import type { OpenReply } from './open-reply.ts';
import { useChat } from './use-chat.ts';

interface ChatPanelProps {
  readonly target: BackendTarget;
  readonly view: PanelView;
  readonly open?: OpenReply;
}

export function ChatPanel({ target, view, open }: ChatPanelProps) {
  const { state, send, stop, regenerate, clear } = useChat(target, open);
  const { connection, turns } = state;
  const { status } = connection.state;
  const answering = replyUnderWay(state) !== null;
  return (
    <PanelFrame
      title="AI chat"
      view={view}
      connection={connection}
      // A reply that failed says so in its own place.
      failure={status === 'failed' ? null : describeFailure(connection.state)}
      actions={
        <>
          {status === 'reconnecting' && (
            <HeaderAction verb="Reconnect now" icon={<IconRefresh size={15} />} onClick={regenerate} />
          )}
          {turns.length > 0 && <HeaderAction verb="Clear" icon={<IconTrash size={15} />} onClick={clear} />}
        </>
      }
      toolbar={<ChatToolbar />}
    >
      <Conversation turns={turns} onAsk={send} onAgain={regenerate} />
      <Composer answering={answering} onSend={send} onStop={stop} />
    </PanelFrame>
  );
}

function HeaderAction({ verb, icon, onClick }: { verb: string; icon: ReactNode; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={verb} title={verb} onClick={onClick}>
      {icon}
    </ActionIcon>
  );
}
