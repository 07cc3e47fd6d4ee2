import { describe, expect, it } from 'vitest';
import { type JobMessage, readJobEvent } from '../../src/panels/jobs/read-job-event.ts';

const progress = (percent: number, part: Partial<JobMessage> = {}) =>
  ({ type: 'progress', percent, step: null, total: null, message: null, ...part }) as JobMessage;
const complete = (message: string | null = null): JobMessage => ({ type: 'complete', message });
const read = (data: unknown, event = 'message') => readJobEvent({ id: null, event, data });

describe('readJobEvent', () => {
  it.each<[string, string, string, JobMessage]>([
    [
      'the built-in form',
      'message',
      '{"progress":20,"step":2,"total":10,"message":"Unpacking"}',
      progress(20, { step: 2, total: 10, message: 'Unpacking' }),
    ],
    ['progress and step', 'message', '{"progress":60,"step":3}', progress(60, { step: 3 })],
    ['progress alone', 'message', '{"progress":12.5}', progress(12.5)],
    ['text', 'message', 'Progress: 20%', progress(20)],
    ['text in other words', 'message', '7.5 % done', progress(7.5)],
    ['a bare number', 'message', '40', progress(40)],
    ['100 %', 'message', 'Progress: 100%', progress(100)],
    ['a named progress event', 'progress', '{"progress":5}', progress(5)],
    ['complete', 'complete', 'Done!', complete()],
    ['complete with words of its own', 'complete', '12 tables moved', complete('12 tables moved')],
    ['Done! without a type', 'message', 'Done!', complete()],
    ['complete as a word', 'message', 'complete', complete()],
    ['[DONE]', 'message', '[DONE]', complete()],
    ['a done object', 'message', '{"done":true}', complete()],
    ['a status object', 'message', '{"status":"completed"}', complete()],
    ['an error event', 'error', '{"message":"disk full"}', { type: 'error', message: 'disk full' }],
    ['an error event in words', 'error', 'disk full', { type: 'error', message: 'disk full' }],
    ['an error object', 'message', '{"error":"disk full"}', { type: 'error', message: 'disk full' }],
  ])('reads %s', (_, event, data, message) => {
    expect(read(data, event)).toEqual({ ok: true, value: message });
  });

  it.each<[string, unknown]>([
    ['more than 100 %', '{"progress":140}'],
    ['more than 100 % in text', 'Progress: 140%'],
    ['progress that is no number', '{"progress":"half"}'],
    ['broken JSON', '{"progress": 4'],
    ['words that tell nothing', 'still busy'],
    ['an object of another kind', '{"price":3}'],
    ['no text at all', 3],
  ])('refuses %s with a reason', (_, data) => {
    expect(read(data)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
  });
});
