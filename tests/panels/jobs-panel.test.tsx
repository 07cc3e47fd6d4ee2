// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { configure, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { JobsPanel } from '../../src/panels/jobs/jobs-panel.tsx';
import { type JobRequest, useJobsSettings } from '../../src/panels/jobs/jobs-settings.ts';
import type { OpenJob } from '../../src/panels/jobs/open-job.ts';
import type { JobMessage } from '../../src/panels/jobs/read-job-event.ts';
import { chunkOf, requestAt, statusAt } from '../fixtures/stream-events.ts';
import { type ControlledStream, controlledStream } from './chat-jobs-stream.ts';

const step = (percent: number, number: number, total: number, message: string): JobMessage => ({
  type: 'progress',
  percent,
  step: number,
  total,
  message,
});

function show() {
  const opened: { request: JobRequest; stream: ControlledStream<JobMessage> }[] = [];
  const open: OpenJob = (_, request, signal) => {
    const stream = controlledStream<JobMessage>(signal);
    opened.push({ request, stream });
    const atMs = performance.now();
    stream.tell(requestAt(atMs), statusAt(atMs, { status: 'live', attempt: 1 }));
    return stream;
  };
  const target = { baseUrl: 'http://backend.test', token: null };
  const view = { expanded: false, onToggleExpanded: () => undefined };
  const shown = render(
    <MantineProvider>
      <JobsPanel target={target} view={view} open={open} />
    </MantineProvider>,
  );
  const last = () => {
    const run = opened.at(-1);
    if (!run) throw new Error('nothing was started');
    return run;
  };
  return { ...shown, opened, last, user: userEvent.setup() };
}

const start = () => screen.getByRole('button', { name: 'Start' });

configure({ asyncUtilTimeout: 5_000 });

beforeEach(() => {
  localStorage.clear();
  useJobsSettings.setState({ endpoint: 'long-task', steps: 10, delay: 500 });
});

describe('Job progress', () => {
  it('asks for nothing before it is started', () => {
    const { opened } = show();
    expect(screen.getByText('No task yet')).toBeVisible();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(opened).toHaveLength(0);
  });

  it('shows percent, step, message and every step that came', async () => {
    const { user, last } = show();
    await user.click(start());
    expect(last().request).toEqual({ endpoint: 'long-task', steps: 10, delay: 500 });
    const now = performance.now();
    last().stream.tell(
      chunkOf(now, [step(10, 1, 10, 'Opening')]),
      chunkOf(now + 500, [step(20, 2, 10, 'Reading')]),
    );
    const bar = await screen.findByRole('progressbar', { name: 'Task progress' });
    await screen.findByText('step 2 of 10');
    expect(bar).toHaveAttribute('aria-valuenow', '20');
    expect(bar).toHaveAttribute('aria-valuetext', '20 %, step 2 of 10');
    const steps = within(screen.getByRole('region', { name: 'Steps' })).getAllByRole('listitem');
    expect(steps.map((each) => each.textContent)).toEqual([
      expect.stringContaining('Reading'),
      expect.stringContaining('Opening'),
    ]);
    expect(screen.getByText(/^about \d+ s left$/)).toBeVisible();
  });

  it('says that it is done', async () => {
    const { user, last } = show();
    await user.click(start());
    last().stream.tell(
      chunkOf(performance.now(), [step(100, 10, 10, 'Last'), { type: 'complete', message: null }]),
    );
    expect(await screen.findByText('Done')).toBeVisible();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
    expect(screen.getByText('The task is complete')).toBeInTheDocument();
  });

  it('says where it ended early, and starts anew on Retry', async () => {
    const { user, last, opened } = show();
    await user.click(start());
    const now = performance.now();
    last().stream.tell(
      chunkOf(now, [step(60, 6, 10, 'Building')]),
      statusAt(now + 1, { status: 'ended', reason: 'complete' }),
    );
    expect(await screen.findByText('The task ended early at 60 %, step 6 of 10')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(opened).toHaveLength(2);
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '0');
  });

  it('says at which step it failed and why', async () => {
    const { user, last } = show();
    await user.click(start());
    const now = performance.now();
    last().stream.tell(chunkOf(now, [step(30, 3, 10, 'Unpacking'), { type: 'error', message: 'disk full' }]));
    expect(await screen.findByRole('alert')).toHaveTextContent('Failed at 30 %, step 3 of 10: disk full');
  });

  it('stops at once and stays where it was', async () => {
    const { user, last } = show();
    await user.click(start());
    last().stream.tell(chunkOf(performance.now(), [step(30, 3, 10, 'Unpacking')]));
    await screen.findByText('step 3 of 10');
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(last().stream.signal.aborted).toBe(true);
    expect(screen.getByText('Stopped by you')).toBeVisible();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '30');
    expect(screen.getByRole('status', { name: 'Connection' })).toHaveTextContent('Ended');
  });

  it('never sends a number out of bounds, and says what is wrong with it', async () => {
    const { user, opened } = show();
    const steps = screen.getByRole('textbox', { name: 'Steps' });
    await user.clear(steps);
    await user.type(steps, '5000');
    expect(screen.getByText('Steps must be at most 1000')).toBeVisible();
    await user.click(start());
    expect(opened).toHaveLength(0);
    expect(useJobsSettings.getState().steps).not.toBe(5_000);
  });

  it('asks the short task when that is chosen, which has no number of steps', async () => {
    const { user, last } = show();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Endpoint' }), 'progress');
    expect(screen.queryByRole('textbox', { name: 'Steps' })).toBeNull();
    await user.click(start());
    expect(last().request.endpoint).toBe('progress');
  });
});
