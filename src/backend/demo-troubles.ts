import { line, money, note, type Story, type StoryLine } from './demo-stories.ts';

/** What goes wrong, and what it looks like in a log. */

const stack = (error: string, frames: readonly string[]): string =>
  [error, ...frames.map((frame) => `    at ${frame}`)].join('\n');

const refusedPayment: Story = (dice) => {
  const amount = money(dice);
  const error = `PaymentError: ${dice.one(['issuer unavailable', 'do not honour', '3-D Secure timed out'])}`;
  return [
    line('warn', 'billing', `payment of €${amount} failed, trying again in 500 ms`, { attempt: 1 }),
    line('error', 'billing', `payment of €${amount} failed for good`, {
      attempt: 2,
      error,
      stack: stack(error, [
        'Acquirer.authorise (/srv/billing/acquirer.js:118:13)',
        'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
        'async Payments.take (/srv/billing/payments.js:64:20)',
      ]),
    }),
    line('warn', 'checkout', 'order not placed: payment refused', { total: Number(amount), currency: 'EUR' }),
    line('info', 'gateway', `POST /api/checkout 402 in ${dice.between(700, 1_900)} ms`, { status: 402 }),
  ];
};

const rateLimited: Story = (dice) => {
  const address = `203.0.113.${dice.between(2, 250)}`;
  return Array.from({ length: dice.between(1, 4) }, () =>
    note('warn', 'gateway', `429 for ${address}: ${dice.between(61, 140)} requests in 10 s`, {
      address,
      limit: 60,
    }),
  );
};

const brokenUpload: Story = (dice) => [
  line('error', 'worker', `cannot read image ${dice.between(1_000, 9_999)}.webp: unexpected end of file`, {
    offset: dice.between(900, 70_000),
    error: 'ImageError: unexpected end of file',
    stack: stack('ImageError: unexpected end of file', [
      'decode (/srv/worker/image.js:41:11)',
      'Thumbnails.make (/srv/worker/thumbnails.js:87:22)',
    ]),
  }),
];

const deployment: Story = (dice) => {
  const version = `2026.11.${dice.between(1, 30)}`;
  const service = dice.one(['search', 'checkout', 'billing', 'gateway']);
  return [
    note('info', service, `shutting down: SIGTERM, ${dice.between(0, 30)} requests in flight`),
    note('info', service, `drained in ${dice.between(40, 900)} ms`),
    note('info', service, `\u001b[36m${service} ${version}\u001b[0m listening on :8080`, {
      version,
      node: 'v22.11.0',
    }),
    note('warn', service, 'configuration key retry.backoff is deprecated, use retry.delayMs', { version }),
  ];
};

const slowDatabase: Story = (dice) => [
  line('warn', 'database', `slow statement: ${dice.between(1_100, 6_800)} ms`, {
    statement: 'select * from orders where user_id = $1 order by placed_at desc',
    rows: dice.between(1, 4_000),
    plan: 'Seq Scan on orders',
  }),
];

/** A burst: the pool runs dry, everything behind it fails, one process dies, and it recovers. */
export const outage: Story = (dice) => {
  const failures: StoryLine[] = Array.from({ length: dice.between(8, 18) }, (_, index) =>
    line(
      'error',
      dice.one(['checkout', 'billing', 'gateway']),
      'upstream failed: no database connection within 5000 ms',
      {
        waiting: 12 + index * 3,
        error: 'PoolTimeoutError',
      },
    ),
  );
  return [
    note('warn', 'database', 'connection pool at 20 of 20, 11 waiting', {
      pool: 'orders',
      used: 20,
      max: 20,
    }),
    ...failures,
    note('fatal', 'billing', 'out of memory: process 3 killed, heap 512 MiB of 512 MiB', {
      signal: 'SIGKILL',
      exitCode: 137,
      waiting: failures.length * 3,
    }),
    note('info', 'billing', 'process 3 started again', { restarts: dice.between(1, 4) }),
    note('info', 'database', `connection pool at ${dice.between(4, 9)} of 20, 0 waiting`, {
      pool: 'orders',
      max: 20,
    }),
  ];
};

export const TROUBLES: readonly { readonly weight: number; readonly story: Story }[] = [
  { weight: 4, story: refusedPayment },
  { weight: 2, story: rateLimited },
  { weight: 1.5, story: brokenUpload },
  { weight: 0.6, story: deployment },
  { weight: 2.5, story: slowDatabase },
  { weight: 0.35, story: outage },
];
