import { line, money, note, type Story } from './demo-stories.ts';

/** What goes right, or nearly: most of any log. */

const SEARCHES = [
  'wool socks',
  'usb-c cable 2 m',
  'espresso machine',
  'größe 42 wanderschuhe',
  'naïve café poster',
  '東京 地図',
  'lámpara de mesa',
  'left-handed scissors',
  'наушники',
] as const;
const PEOPLE = ['u_4821', 'u_1177', 'u_90210', 'u_3306', 'u_58', 'u_7462', 'u_11235', 'u_640'] as const;
const METHODS = ['card', 'paypal', 'sepa', 'klarna', 'ideal'] as const;

const purchase: Story = (dice) => {
  const user = dice.one(PEOPLE);
  const amount = money(dice);
  const items = dice.between(1, 7);
  const order = `A-${dice.between(10_400, 99_000)}`;
  const paymentMs = dice.between(90, 640);
  return [
    line('debug', 'gateway', 'POST /api/checkout → checkout', { user, bodyBytes: dice.between(180, 2_400) }),
    line('debug', 'auth', `session of ${user} is valid for another ${dice.between(2, 58)} min`),
    line('info', 'checkout', `cart priced: ${items} ${items === 1 ? 'item' : 'items'}, €${amount}`, {
      user,
      items,
    }),
    line('debug', 'inventory', `${items} reserved until payment`, {
      warehouse: dice.one(['ber-1', 'rtm-2', 'lyo-1']),
    }),
    line('info', 'billing', `payment of €${amount} authorised in ${paymentMs} ms`, {
      method: dice.one(METHODS),
      paymentMs,
    }),
    line('info', 'checkout', `order ${order} placed`, {
      order,
      user,
      total: Number(amount),
      currency: 'EUR',
    }),
    line('debug', 'worker', `queued confirmation mail for ${order}`, {
      queue: 'mail',
      depth: dice.between(0, 40),
    }),
    line('info', 'gateway', `POST /api/checkout 201 in ${paymentMs + dice.between(30, 120)} ms`, {
      status: 201,
    }),
  ];
};

const search: Story = (dice) => {
  const query = dice.one(SEARCHES);
  const slow = dice.falls(0.12);
  const tookMs = slow ? dice.between(520, 2_900) : dice.between(4, 90);
  const hits = dice.falls(0.08) ? 0 : dice.between(1, 940);
  return [
    line('debug', 'gateway', `GET /api/search?q=${encodeURIComponent(query)} → search`),
    line('info', 'search', `"${query}": ${hits} hits in ${tookMs} ms`, {
      hits,
      tookMs,
      index: 'products-v7',
    }),
    ...(slow
      ? [line('warn', 'search', `slow query: ${tookMs} ms, ${dice.between(3, 9)} shards`, { query, tookMs })]
      : []),
    line('info', 'gateway', `GET /api/search 200 in ${tookMs + dice.between(1, 9)} ms`, { status: 200 }),
  ];
};

const login: Story = (dice) => {
  const user = dice.one(PEOPLE);
  const attempt = dice.between(1, 5);
  if (dice.falls(0.25)) {
    return [
      line('warn', 'auth', `login of ${user} refused: wrong password, attempt ${attempt} of 5`, {
        user,
        attempt,
      }),
      ...(attempt === 5
        ? [line('error', 'auth', `${user} locked for 15 min after 5 wrong passwords`, { user })]
        : []),
      line('info', 'gateway', `POST /api/login 401 in ${dice.between(80, 140)} ms`, { status: 401 }),
    ];
  }
  return [
    line('info', 'auth', `${user} logged in`, { user, factor: dice.one(['password', 'passkey', 'totp']) }),
    line('info', 'gateway', `POST /api/login 200 in ${dice.between(60, 180)} ms`, { status: 200 }),
  ];
};

const page: Story = (dice) => {
  const product = dice.between(100, 9_999);
  const isCached = dice.falls(0.8);
  return [
    line('trace', 'cache', `${isCached ? 'hit' : 'miss'} product:${product}`),
    line(
      'info',
      'gateway',
      `GET /api/products/${product} 200 in ${isCached ? dice.between(1, 6) : dice.between(12, 70)} ms`,
      {
        status: 200,
        cache: isCached ? 'hit' : 'miss',
      },
    ),
  ];
};

const thumbnails: Story = (dice) => {
  const images = dice.between(6, 180);
  return [
    line('info', 'worker', `job thumbnails started: ${images} images`, { job: 'thumbnails', images }),
    line('debug', 'worker', `job thumbnails 50 %: ${Math.floor(images / 2)} of ${images}`, {
      job: 'thumbnails',
    }),
    line(
      'info',
      'worker',
      `\u001b[32m✓\u001b[0m job thumbnails done in \u001b[1m${dice.between(2, 19)} s\u001b[0m`,
      {
        job: 'thumbnails',
        images,
      },
    ),
  ];
};

const mail: Story = (dice) => [
  line('debug', 'mailer', `handing ${dice.between(1, 30)} mails to the relay`),
  dice.falls(0.15)
    ? line('warn', 'mailer', 'relay deferred: 451 4.7.1 greylisted, next try in 300 s', {
        relay: 'mx2',
        code: 451,
      })
    : line('info', 'mailer', `relay took them in ${dice.between(40, 400)} ms`, { relay: 'mx1' }),
];

const upkeep: Story = (dice) => [
  dice.one([
    note('debug', 'gateway', 'GET /healthz 200 in 1 ms', { probe: 'kubelet' }),
    note('trace', 'scheduler', 'tick: nothing is due'),
    note('debug', 'database', `checkpoint: ${dice.between(20, 900)} pages in ${dice.between(3, 60)} ms`),
    note('info', 'scheduler', `cron rotate-sessions: ${dice.between(0, 300)} expired sessions removed`),
    note('debug', 'cache', `evicted ${dice.between(10, 4_000)} keys`, {
      usedMiB: dice.between(380, 510),
      maxMiB: 512,
    }),
  ]),
];

/** Each with how often it is told. */
export const EVERYDAY: readonly { readonly weight: number; readonly story: Story }[] = [
  { weight: 18, story: purchase },
  { weight: 30, story: search },
  { weight: 12, story: login },
  { weight: 34, story: page },
  { weight: 3, story: thumbnails },
  { weight: 5, story: mail },
  { weight: 14, story: upkeep },
];
