import type { ConnectionState, Failure } from './types.ts';

/** A failure in plain words: what is wrong, and what to do about it. */
export interface FailureDescription {
  readonly title: string;
  readonly advice: string;
}

const statusDescriptions: Readonly<Record<number, FailureDescription>> = {
  401: {
    title: 'The backend wants a token',
    advice: 'Enter a valid bearer token in Settings.',
  },
  403: {
    title: 'The backend refuses access',
    advice: 'Check in Settings that the token may read this stream.',
  },
  404: {
    title: 'The backend does not have this stream',
    advice: 'Check the backend URL in Settings, or whether this backend serves the path.',
  },
  405: {
    title: 'The backend does not take this method here',
    advice: 'Check whether the path wants GET or POST.',
  },
  422: {
    title: 'The backend refuses a parameter',
    advice: 'Correct the value that it names and start again.',
  },
  429: {
    title: 'Too many requests',
    advice: 'The backend asks to wait; it is tried again by itself.',
  },
  502: {
    title: 'The backend is down',
    advice: 'Start it: a proxy answers in its place, and it is tried again by itself.',
  },
  503: {
    title: 'The backend is not ready',
    advice: 'It is tried again by itself.',
  },
  504: {
    title: 'The backend does not answer in time',
    advice: 'A proxy gave up waiting for it; it is tried again by itself.',
  },
};

const CLOSED: FailureDescription = {
  title: 'The backend closed the stream',
  advice: 'This feed has no end of its own: it is connected again by itself.',
};

/** What is wrong with a connection; null while nothing is. */
export function describeFailure(state: ConnectionState): FailureDescription | null {
  if (state.status === 'reconnecting' && state.failure === null) return CLOSED;
  const failure = state.status === 'failed' || state.status === 'reconnecting' ? state.failure : null;
  if (failure === null) return null;
  const { title, advice } = wordsFor(failure);
  // What the backend itself said names the parameter, the type or the byte; a browser's network error says nothing.
  return { title, advice: failure.kind === 'network' ? advice : `${failure.message} ${advice}` };
}

const INTERRUPTED: FailureDescription = {
  title: 'The connection broke',
  advice: 'The backend, or something on the way, closed it in the middle of the stream.',
};

function wordsFor({ kind, status, interrupted }: Failure): FailureDescription {
  if (interrupted) return INTERRUPTED;
  switch (kind) {
    case 'network':
      return {
        title: 'No connection to the backend',
        advice:
          'Check that it is running and that its URL in Settings is right. Elsewhere it must allow this page (CORS).',
      };
    case 'status':
      return describeStatus(status);
    case 'content-type':
      return {
        title: 'This is not the stream that was expected',
        advice: 'Check the backend URL in Settings: a page, a login or another service may answer there.',
      };
    case 'request':
      return {
        title: 'The request can’t be made',
        advice: 'Check the URL, the method and the headers.',
      };
    case 'decode':
      return {
        title: 'The stream can’t be read',
        advice: 'What arrived is not the format that it claims to be. The Inspector shows its bytes.',
      };
  }
}

function describeStatus(status: number | null): FailureDescription {
  const known = status === null ? undefined : statusDescriptions[status];
  if (known !== undefined) return known;
  const shown = status === null ? 'an error' : `status ${status}`;
  return status !== null && status >= 500
    ? { title: `The backend failed (${shown})`, advice: 'Look into its log: the fault is on its side.' }
    : {
        title: `The backend answered ${shown}`,
        advice: 'Check the request and the backend URL in Settings.',
      };
}
