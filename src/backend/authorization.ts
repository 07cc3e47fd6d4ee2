import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
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

/** Wants the token on every path but `/health`. */
export function requireToken(token: string): MiddlewareHandler {
  const check = tokenCheck(token);
  return async (c, next) => {
    if (c.req.path === healthEndpoint.path) return next();
    return check(c.req.header('Authorization')) ?? next();
  };
}
