import { SegmentedControl } from '@mantine/core';
import { chatSseEndpoint, chatTextEndpoint } from '../../contract/chat.ts';
import { CHAT_ENDPOINTS, useChatSettings } from './chat-settings.ts';
import classes from './chat-toolbar.module.css';

const paths = { sse: chatSseEndpoint.path, text: chatTextEndpoint.path } as const;

/** Which endpoint answers the next question. */
export function ChatToolbar() {
  const { endpoint, choose } = useChatSettings();
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Endpoint"
        value={endpoint}
        data={[
          { value: 'sse', label: 'Events' },
          { value: 'text', label: 'Plain text' },
        ]}
        onChange={(value) => choose(CHAT_ENDPOINTS.find((each) => each === value) ?? 'sse')}
      />
      <code className={classes.path}>{paths[endpoint]}</code>
    </>
  );
}
