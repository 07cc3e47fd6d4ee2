import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { healthEndpoint } from '../contract/health.ts';
import { problemResponse } from './problem.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Wants `Authorization: Bearer <token>` (RFC 6750) on every path but `/health`. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = digest(token);
  return async (c, next) => {
    if (c.req.path === healthEndpoint.path) return next();
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    // Digests have one length, so that the comparison's time tells nothing.
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return next();
    return problemResponse(401, {
      detail: 'This backend wants the header Authorization: Bearer <token>.',
      headers: { 'WWW-Authenticate': given === undefined ? 'Bearer' : 'Bearer error="invalid_token"' },
    });
  };
}
