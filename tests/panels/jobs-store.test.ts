import { describe, expect, it } from 'vitest';
import { readJobDraft } from '../../src/panels/jobs/job-draft.ts';
import { jobQuery } from '../../src/panels/jobs/jobs-settings.ts';
import {
  applyJob,
  type JobState,
  MAX_STEPS_KEPT,
  startedJob,
  stopJob,
} from '../../src/panels/jobs/jobs-store.ts';
import { aboutTime, initialPace, paceWith, timeLeftMs } from '../../src/panels/jobs/pace-estimate.ts';
import type { JobMessage } from '../../src/panels/jobs/read-job-event.ts';
import type { ConnectionState, StreamEvent } from '../../src/streams/types.ts';
import { chunkOf, requestAt, statusAt } from '../fixtures/stream-events.ts';

const step = (percent: number, number: number | null = null, total: number | null = null): JobMessage => ({
  type: 'progress',
  percent,
  step: number,
  total,
  message: number === null ? null : `part ${number}`,
});
const complete: JobMessage = { type: 'complete', message: null };
const ended: ConnectionState = { status: 'ended', reason: 'complete' };
const broken: ConnectionState = {
  status: 'failed',
  failure: { kind: 'network', status: null, message: 'The connection broke.' },
};
const stateAfter = (...events: StreamEvent<JobMessage>[]): JobState =>
  applyJob(startedJob, [requestAt(1_000), ...events]);

describe('applyJob', () => {
  it('shows the last step, and keeps each with its time and duration', () => {
    const state = stateAfter(chunkOf(1_100, [step(0, 0, 4)]), chunkOf(1_600, [step(25, 1, 4)]));
    expect(state).toMatchObject({ percent: 25, step: 1, total: 4, message: 'part 1', startedAtMs: 1_000 });
    expect(state.steps.map(({ afterMs, tookMs }) => [afterMs, tookMs])).toEqual([
      [100, 100],
      [600, 500],
    ]);
  });

  it.each<[string, StreamEvent<JobMessage>[], JobState['phase']]>([
    ['runs once it is asked for', [], { status: 'running' }],
    ['runs on at 100 % until the end comes', [chunkOf(2_000, [step(100)])], { status: 'running' }],
    [
      'is complete at its event',
      [chunkOf(2_000, [step(90), complete])],
      { status: 'complete', message: null },
    ],
    [
      'is complete at the end of the stream at 100 %',
      [chunkOf(2_000, [step(100)]), statusAt(2_100, ended)],
      { status: 'complete', message: null },
    ],
    [
      'ended early at the end of the stream below 100 %',
      [chunkOf(2_000, [step(60)]), statusAt(2_100, ended)],
      { status: 'ended-early' },
    ],
    ['ended early where no step came', [statusAt(2_100, ended)], { status: 'ended-early' }],
    [
      'failed at an in-band error',
      [chunkOf(2_000, [step(60), { type: 'error', message: 'disk full' }])],
      { status: 'failed', reason: 'disk full', advice: 'The backend reported this.' },
    ],
    [
      'failed in the middle with what broke it',
      [chunkOf(2_000, [step(60)]), statusAt(2_100, broken)],
      { status: 'failed', reason: 'The connection broke.', advice: '' },
    ],
    [
      'failed before the first step with what to do',
      [statusAt(2_100, broken)],
      {
        status: 'failed',
        reason: 'No connection to the backend',
        advice: expect.stringContaining('running'),
      },
    ],
  ])('%s', (_, events, phase) => {
    expect(stateAfter(...events).phase).toEqual(phase);
  });

  it('stays where it was when it ended early', () => {
    expect(stateAfter(chunkOf(2_000, [step(60, 3)]), statusAt(2_100, ended))).toMatchObject({
      percent: 60,
      step: 3,
    });
  });

  it('is at 100 % once complete, whatever the last step said', () => {
    expect(stateAfter(chunkOf(2_000, [step(90), complete]))).toMatchObject({
      percent: 100,
      endedAtMs: 2_000,
    });
  });

  it('takes nothing after the end', () => {
    const state = stateAfter(chunkOf(2_000, [complete]), chunkOf(2_100, [step(10)]), statusAt(2_200, broken));
    expect(state).toMatchObject({ percent: 100, phase: { status: 'complete' } });
  });

  it('begins again where a new request was made', () => {
    expect(stateAfter(chunkOf(1_500, [step(40)]), requestAt(3_000))).toMatchObject({
      percent: 0,
      steps: [],
      startedAtMs: 3_000,
      phase: { status: 'running' },
    });
  });

  it('keeps a bounded list of steps, and counts them all', () => {
    const state = stateAfter(
      ...Array.from({ length: 1_000 }, (_, n) => chunkOf(2_000 + n, [step(n / 10, n, 1_000)])),
    );
    expect(state.steps).toHaveLength(MAX_STEPS_KEPT);
    expect(state.events).toBe(1_000);
    expect(state.steps.at(-1)?.step).toBe(999);
  });

  it('keeps where it was when it is stopped', () => {
    const state = stopJob(stateAfter(chunkOf(2_000, [step(40, 2, 5)])), 2_500);
    expect(state).toMatchObject({ phase: { status: 'stopped' }, percent: 40, endedAtMs: 2_500 });
    expect(applyJob(state, [chunkOf(2_600, [step(60)])])).toBe(state);
  });
});

describe('the time left', () => {
  const paceOf = (...samples: readonly (readonly [percent: number, atMs: number])[]) =>
    samples.reduce((pace, [percent, atMs]) => paceWith(pace, percent, atMs), initialPace);

  it('is not known before two events told of progress', () => {
    expect(timeLeftMs(paceOf(), 0)).toBeNull();
    expect(timeLeftMs(paceOf([10, 0]), 100)).toBeNull();
    expect(timeLeftMs(paceOf([10, 0], [10, 500]), 600)).toBeNull();
  });

  it('follows an even pace and counts down between two events', () => {
    const pace = paceOf([0, 0], [10, 500], [20, 1_000]);
    expect(timeLeftMs(pace, 1_000)).toBe(4_000);
    expect(timeLeftMs(pace, 1_250)).toBe(3_750);
  });

  it('is moved by one slow step, not thrown', () => {
    const left = timeLeftMs(paceOf([0, 0], [10, 100], [20, 200], [30, 1_200]), 1_200);
    expect(left).toBeGreaterThan(70 * 10);
    expect(left).toBeLessThan(70 * 100);
  });

  it('is not known once it is overdue, nor when all is done', () => {
    expect(timeLeftMs(paceOf([0, 0], [90, 900]), 2_000)).toBeNull();
    expect(timeLeftMs(paceOf([0, 0], [100, 900]), 900)).toBeNull();
  });

  it('begins anew where progress went back', () => {
    expect(timeLeftMs(paceOf([0, 0], [50, 500], [10, 600]), 600)).toBeNull();
  });

  it.each([
    [400, 'less than 1 s left'],
    [1_400, 'about 1 s left'],
    [59_400, 'about 59 s left'],
    [90_000, 'about 2 min left'],
    [3_720_000, 'about 1 h 2 min left'],
  ])('reads %i ms as "%s"', (ms, words) => {
    expect(aboutTime(ms)).toBe(words);
  });
});

describe('what is asked for', () => {
  const draft = { endpoint: 'long-task', steps: '10', delay: '500' } as const;

  it('is the numbers as typed', () => {
    expect(readJobDraft(draft).request).toEqual({ endpoint: 'long-task', steps: 10, delay: 500 });
  });

  it.each([
    ['steps', '0', 'Steps must be at least 1'],
    ['steps', '1001', 'Steps must be at most 1000'],
    ['steps', '', 'Steps must be a whole number from 1 to 1000'],
    ['steps', 'ten', 'Steps must be a whole number from 1 to 1000'],
    ['steps', '1.5', 'Steps must be a whole number from 1 to 1000'],
    ['delay', '-1', 'Delay must be at least 0'],
    ['delay', '60001', 'Delay must be at most 60000'],
  ] as const)('is nothing while %s is "%s"', (field, text, error) => {
    const read = readJobDraft({ ...draft, [field]: text });
    expect(read.request).toBeNull();
    expect(read.errors[field]).toBe(error);
  });

  it('has no steps for the short task, whatever the hidden field holds', () => {
    const { request } = readJobDraft({ endpoint: 'progress', steps: 'x', delay: '100' });
    expect(request && jobQuery(request)).toEqual({ delay: 100 });
  });
});
