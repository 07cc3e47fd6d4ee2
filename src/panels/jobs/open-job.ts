import { TASK_COMPLETE_EVENT } from '../../contract/tasks.ts';
import { authorizationHeaders, endpointUrl, eventTransport } from '../../streams/choose-transport.ts';
import { pageConnections } from '../../streams/connection-slots.ts';
import { subscribe } from '../../streams/subscribe.ts';
import type { BackendTarget, StreamEvent } from '../../streams/types.ts';
import { JOB_ENDPOINTS, type JobRequest, jobQuery } from './jobs-settings.ts';
import { type JobMessage, readJobEvent } from './read-job-event.ts';

/** Starts a task. A parameter of the panel, so that a test can hold the stream in its hand. */
export type OpenJob = (
  target: BackendTarget,
  request: JobRequest,
  signal: AbortSignal,
) => AsyncIterable<StreamEvent<JobMessage>>;

export const openJob: OpenJob = (target, request, signal) =>
  subscribe<JobMessage>({
    request: {
      url: endpointUrl(target, JOB_ENDPOINTS[request.endpoint].path, jobQuery(request)),
      headers: authorizationHeaders(target),
    },
    // Natively only the event types named here are delivered.
    transport: eventTransport(target, [TASK_COMPLETE_EVENT, 'done', 'end']),
    parse: readJobEvent,
    lifetime: 'finite',
    // A native EventSource would start the task again for ever: it is closed at the event that ends it.
    isEnd: ({ value }) => value.type !== 'progress',
    // A task that was cut off would begin again from its first step.
    reconnect: 'before-first-byte',
    slots: pageConnections,
    label: 'Job progress',
    signal,
  });
