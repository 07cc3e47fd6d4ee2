// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { configure, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_PROMPT_LENGTH } from '../../src/contract/chat.ts';
import { ChatPanel } from '../../src/panels/chat/chat-panel.tsx';
import type { OpenReply, ReplyRequest } from '../../src/panels/chat/open-reply.ts';
import type { ChatPiece } from '../../src/panels/chat/read-chat-event.ts';
import { chunkOf, requestAt, statusAt } from '../fixtures/stream-events.ts';
import { type ControlledStream, controlledStream } from './chat-jobs-stream.ts';

const text = (words: string): ChatPiece => ({ type: 'text-delta', text: words });
const end: ChatPiece = {
  type: 'text-end',
  text: '',
  totalTokens: 12,
  responder: 'Streamscope built-in responder (not a model)',
};

function show() {
  const opened: (ReplyRequest & { stream: ControlledStream<ChatPiece> })[] = [];
  const open: OpenReply = (request) => {
    const stream = controlledStream<ChatPiece>(request.signal);
    opened.push({ ...request, stream });
    stream.tell(requestAt(1_000), statusAt(1_000, { status: 'live', attempt: 1 }));
    return stream;
  };
  const target = { baseUrl: 'http://backend.test', token: null };
  const view = { expanded: false, onToggleExpanded: () => undefined };
  const shown = render(
    <MantineProvider>
      <ChatPanel target={target} view={view} open={open} />
    </MantineProvider>,
  );
  const last = () => {
    const request = opened.at(-1);
    if (!request) throw new Error('nothing was asked');
    return request;
  };
  return { ...shown, opened, last, user: userEvent.setup() };
}

const message = () => screen.getByRole('textbox', { name: 'Message' });
const log = () => screen.getByRole('log', { name: 'Conversation' });

// Loaded when first needed: what that takes is not what these tests are about.
beforeAll(() => import('../../src/panels/chat/markdown/reply-markdown.tsx'));
configure({ asyncUtilTimeout: 5_000 });

beforeEach(() => localStorage.clear());

describe('AI chat', () => {
  it('offers questions while it is empty, and asks the one that is chosen', async () => {
    const { user, last } = show();
    const [question] = screen.getAllByRole('button', { name: /\?$/ });
    const words = question?.textContent ?? '';
    await user.click(question as HTMLElement);
    expect(last()).toMatchObject({ prompt: words, endpoint: 'sse' });
    expect(within(log()).getByText(words)).toBeVisible();
  });

  it('sends with Enter, begins a line with Shift+Enter, and shows the reply as it comes', async () => {
    const { user, last } = show();
    await user.type(message(), 'Why{Shift>}{Enter}{/Shift}so?{Enter}');
    expect(last().prompt).toBe('Why\nso?');
    expect(message()).toHaveValue('');
    expect(log()).toHaveAttribute('aria-busy', 'true');
    last().stream.tell(chunkOf(1_100, [text('Because **it** ')]));
    expect(await screen.findByText(/Because/)).toBeVisible();
    last().stream.tell(chunkOf(1_400, [text('streams.'), end]));
    expect((await screen.findByText('it')).tagName).toBe('STRONG');
    expect(log()).toHaveAttribute('aria-busy', 'false');
    expect(screen.getByText('Built-in notes, not a model')).toBeVisible();
    expect(screen.getByText('first token 100 ms')).toBeVisible();
    expect(screen.getByText('12 tokens')).toBeVisible();
  });

  it('shows HTML as text, links nowhere but the web, and loads no images', async () => {
    const { user, last } = show();
    await user.type(message(), 'x{Enter}');
    const reply =
      '<img src=x onerror=alert(1)> [bad](javascript:alert(1)) [good](https://example.org/) ![pic](https://example.org/a.png)';
    last().stream.tell(chunkOf(1_100, [text(reply), end]));
    const good = await screen.findByRole('link', { name: 'good' });
    expect(good).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(good).toHaveAttribute('target', '_blank');
    expect(screen.queryByRole('link', { name: 'bad' })).toBeNull();
    expect(log().querySelector('img')).toBeNull();
    expect(within(log()).getByText(/onerror/)).toBeVisible();
  });

  it('shows code with its language and copies it', async () => {
    const { user, last } = show();
    await user.type(message(), 'x{Enter}');
    last().stream.tell(chunkOf(1_100, [text('```python\nprint("hi")\n```'), end]));
    await user.click(await screen.findByRole('button', { name: 'Copy' }));
    expect(screen.getByText('python')).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe('print("hi")');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  });

  it('stops at once, keeps what came, and asks again on Regenerate', async () => {
    const { user, last, opened } = show();
    await user.type(message(), 'x{Enter}');
    last().stream.tell(chunkOf(1_100, [text('half a reply')]));
    await screen.findByText('half a reply');
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(last().signal.aborted).toBe(true);
    expect(screen.getByText('Stopped by you')).toBeVisible();
    expect(screen.getByText('half a reply')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Regenerate' }));
    expect(opened.map(({ prompt }) => prompt)).toEqual(['x', 'x']);
    expect(screen.queryByText('half a reply')).toBeNull();
  });

  it('says that a reply was cut off, keeps it, and recovers on Retry', async () => {
    const { user, last } = show();
    await user.type(message(), 'x{Enter}');
    const failure = { kind: 'network', status: null, message: 'The connection broke.' } as const;
    last().stream.tell(chunkOf(1_100, [text('half')]), statusAt(1_200, { status: 'failed', failure }));
    expect(await screen.findByText('The reply was cut off')).toBeVisible();
    expect(screen.getByText('half')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    last().stream.tell(chunkOf(1_100, [text('whole'), end]));
    expect(await screen.findByText('whole')).toBeVisible();
    expect(screen.queryByText('The reply was cut off')).toBeNull();
  });

  it('says what is wrong when no reply came', async () => {
    const { user, last } = show();
    await user.type(message(), 'x{Enter}');
    const failure = { kind: 'network', status: null, message: 'x' } as const;
    last().stream.tell(statusAt(1_200, { status: 'failed', failure }));
    expect(await screen.findByRole('alert')).toHaveTextContent('No connection to the backend');
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  });

  it('says that a reply was empty', async () => {
    const { user, last } = show();
    await user.type(message(), 'x{Enter}');
    last().stream.tell(statusAt(1_200, { status: 'ended', reason: 'complete' }));
    expect(await within(log()).findByText('The reply was empty')).toBeVisible();
  });

  it('does not send what is too long, and says by how much', async () => {
    const { user, opened } = show();
    await user.click(message());
    await user.paste('x'.repeat(MAX_PROMPT_LENGTH + 12));
    expect(message()).toBeInvalid();
    expect(message()).toHaveAccessibleDescription(/^12 too many/);
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    await user.keyboard('{Enter}');
    expect(opened).toHaveLength(0);
  });

  it('asks the plain text endpoint when that is chosen', async () => {
    const { user, last } = show();
    await user.click(screen.getByRole('radio', { name: 'Plain text' }));
    await user.type(message(), 'x{Enter}');
    last().stream.tell(chunkOf(1_100, [text('a')]), chunkOf(1_200, [text('b')]));
    last().stream.tell(statusAt(1_300, { status: 'ended', reason: 'complete' }));
    expect(last().endpoint).toBe('text');
    expect(await screen.findByText('2 chunks')).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'Events' }));
  });

  it('comes back after a reload, with the reply that was under way as interrupted', async () => {
    const { user, last, unmount } = show();
    await user.type(message(), 'What is kept?{Enter}');
    last().stream.tell(chunkOf(1_100, [text('so far')]));
    await screen.findByText('so far');
    window.dispatchEvent(new Event('pagehide'));
    const kept = { ...localStorage };
    unmount();
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
    show();
    expect(screen.getByText('What is kept?')).toBeVisible();
    expect(await screen.findByText('so far')).toBeVisible();
    expect(screen.getByText('The reply was interrupted')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  });

  it('forgets the conversation on Clear', async () => {
    const { user, last } = show();
    await user.type(message(), 'x{Enter}');
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(last().signal.aborted).toBe(true);
    expect(screen.getByText('Ask about HTTP streaming')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
  });

  it('ends the request when it leaves the page', async () => {
    const { user, last, unmount } = show();
    await user.type(message(), 'x{Enter}');
    unmount();
    expect(last().signal.aborted).toBe(true);
  });
});
