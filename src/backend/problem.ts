import { STATUS_CODES } from 'node:http';
import { PROBLEM_MEDIA_TYPE, type Problem } from '../contract/problem.ts';
import { jsonResponse } from './json-response.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authorised',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  416: 'Range not satisfiable',
  422: 'Parameters out of bounds',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Not available now',
};

export interface ProblemInit {
  readonly detail?: string;
  readonly errors?: Problem['errors'];
  readonly headers?: Readonly<Record<string, string>>;
}

/** RFC 9457 problem details. `about:blank` says that the status itself is the type of the problem. */
function problem(status: number, init: ProblemInit = {}): Problem {
  return {
    type: 'about:blank',
    title: TITLES[status] ?? STATUS_CODES[status] ?? 'Error',
    status,
    ...(init.detail === undefined ? {} : { detail: init.detail }),
    ...(init.errors === undefined ? {} : { errors: init.errors }),
  };
}

export function problemResponse(status: number, init: ProblemInit = {}): Response {
  const { headers = {} } = init;
  return jsonResponse(problem(status, init), { status, mediaType: PROBLEM_MEDIA_TYPE, headers });
}
