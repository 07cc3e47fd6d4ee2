import { browserEntries } from './browsers.ts';
import { chatReplyEntries } from './chat-replies.ts';
import { delayEntries } from './delays.ts';
import type { KnowledgeEntry, KnowledgeTheme } from './entry.ts';
import { eventStreamEntries } from './event-streams.ts';
import { memoryEntries } from './memory.ts';
import { operationEntries } from './operations.ts';
import { otherServerEntries } from './other-servers.ts';
import { pageEntries } from './pages.ts';
import { pythonServerEntries } from './python-servers.ts';
import { streamscopeEntries } from './streamscope.ts';
import { transferEntries } from './transfers.ts';
import { transportEntries } from './transports.ts';

/** Everything the built-in responder knows, in the order in which it lists it. */
export const THEMES: readonly KnowledgeTheme[] = [
  { title: 'Transports and formats', entries: transportEntries },
  { title: 'Streams that arrive late', entries: delayEntries },
  { title: 'Python servers', entries: pythonServerEntries },
  { title: 'Other servers', entries: otherServerEntries },
  { title: 'Memory and backpressure', entries: memoryEntries },
  { title: 'Event streams', entries: eventStreamEntries },
  { title: 'In the browser', entries: browserEntries },
  { title: 'Running it', entries: operationEntries },
  { title: 'Downloads and exports', entries: transferEntries },
  { title: 'Chat', entries: chatReplyEntries },
  { title: 'Pages and measuring', entries: pageEntries },
  { title: 'Streamscope', entries: streamscopeEntries },
];

export const ENTRIES: readonly KnowledgeEntry[] = THEMES.flatMap((theme) => theme.entries);
