import { IconMessageCircle } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import classes from './suggested-prompts.module.css';

const prompts = [
  'When should I use SSE rather than WebSockets?',
  'Why does my stream arrive all at once?',
  'How do I report an error after the first byte?',
  'What do id, retry and heartbeats do?',
] as const;

/** What an empty conversation offers. */
export function SuggestedPrompts({ onAsk }: { onAsk: (prompt: string) => void }) {
  return (
    <div className={classes.suggestions}>
      <EmptyState icon={<IconMessageCircle size={34} stroke={1.25} />} title="Ask about HTTP streaming">
        The reply streams in token by token. Each question is answered on its own.
      </EmptyState>
      {prompts.map((prompt) => (
        <button key={prompt} type="button" className={classes.prompt} onClick={() => onAsk(prompt)}>
          {prompt}
        </button>
      ))}
    </div>
  );
}
