import { Buffer } from 'node:buffer';

/** A whole JSON document, its length said, never kept by a cache. */
export function jsonResponse(
  value: unknown,
  init: { status?: number; mediaType?: string; headers?: Readonly<Record<string, string>> } = {},
): Response {
  const body = JSON.stringify(value);
  return new Response(body, {
    status: init.status ?? 200,
    headers: {
      'Content-Type': init.mediaType ?? 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...init.headers,
    },
  });
}
