import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { DOCUMENT_PAGES } from '../contract/catalogue.ts';
import { healthEndpoint } from '../contract/health.ts';
import { problemResponse } from './problem.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The refusal of a request with this `Authorization` header; null where it may pass. */
export type TokenCheck = (authorization: string | undefined) => Response | null;

/** Wants `Authorization: Bearer <token>` (RFC 6750). */
export function tokenCheck(token: string): TokenCheck {
  const expected = digest(token);
  return (authorization = '') => {
    const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    // Digests have one length, so that the comparison's time tells nothing.
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return null;
    return problemResponse(401, {
      detail: 'This backend wants the header Authorization: Bearer <token>.',
      headers: { 'WWW-Authenticate': given === undefined ? 'Bearer' : 'Bearer error="invalid_token"' },
    });
  };
}

/** Whether a path wants the token where one is set: all do but `/health`, and the styles and scripts of the documents. */
export function wantsToken(path: string): boolean {
  return path !== healthEndpoint.path && !DOCUMENT_PAGES.some((page) => path.startsWith(`${page}/`));
}

/**
 * A browser opens the pages of the documents by their address alone, which carries no token: who asks for HTML gets a form
 * for it. The document itself wants it.
 */
function isPageOpened(path: string, accept: string): boolean {
  return DOCUMENT_PAGES.some((page) => path === page) && /(?:^|,)\s*text\/html\b/i.test(accept);
}

/** Wants the token on every path but those that are open. */
export function requireToken(token: string): MiddlewareHandler {
  const check = tokenCheck(token);
  return async (c, next) => {
    const { path } = c.req;
    if (!wantsToken(path) || isPageOpened(path, c.req.header('Accept') ?? '')) return next();
    return check(c.req.header('Authorization')) ?? next();
  };
}
