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

/**
 * Whether a path wants the token where one is set: all do but `/health`, and the pages of the documents, which a browser
 * opens by their address alone. They hold nothing but a form for the token; the document itself wants it.
 */
export function wantsToken(path: string): boolean {
  if (path === healthEndpoint.path) return false;
  return !DOCUMENT_PAGES.some((page) => path === page || path.startsWith(`${page}/`));
}

/** Wants the token on every path but those that are open. */
export function requireToken(token: string): MiddlewareHandler {
  const check = tokenCheck(token);
  return async (c, next) => {
    if (!wantsToken(c.req.path)) return next();
    return check(c.req.header('Authorization')) ?? next();
  };
}
