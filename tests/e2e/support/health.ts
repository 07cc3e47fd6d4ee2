import { type APIRequestContext, expect } from '@playwright/test';

/** How many streams a built-in backend serves at this moment. */
export async function activeStreams(request: APIRequestContext, url: string): Promise<number> {
  const response = await request.get(`${url}/health`);
  const { activeStreams: count } = await response.json();
  expect(typeof count, `activeStreams at ${url}/health`).toBe('number');
  return count;
}

/** Waits until a backend serves no stream any more; longer than two seconds is a stream that was left running. */
export async function expectNoStreams(request: APIRequestContext, url: string): Promise<void> {
  await expect
    .poll(() => activeStreams(request, url), {
      message: 'streams still served 2 s after their reader has left',
      intervals: [50, 100, 200],
      timeout: 2_000,
    })
    .toBe(0);
}
