import { PROBLEM_MEDIA_TYPE, type Problem } from '../contract/problem.ts';

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
export function problem(status: number, init: ProblemInit = {}): Problem {
  return {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    ...(init.detail === undefined ? {} : { detail: init.detail }),
    ...(init.errors === undefined ? {} : { errors: init.errors }),
  };
}

export function problemResponse(status: number, init: ProblemInit = {}): Response {
  return new Response(JSON.stringify(problem(status, init)), {
    status,
    headers: {
      'Content-Type': PROBLEM_MEDIA_TYPE,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...init.headers,
    },
  });
}
