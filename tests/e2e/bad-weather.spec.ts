import type { Locator, Page } from '@playwright/test';
import {
  type Answer,
  answerWith,
  type MisbehavingServer,
  startMisbehavingServer,
  streamOf,
} from './support/misbehaving-server.ts';
import { connection, type PanelName, panel, wireTerms } from './support/page.ts';
import { ask, openLive, setBackend, untilMoreEvents } from './support/panels.ts';
import { BROWSER_NETWORK_LINES, expect, test } from './support/test.ts';

test.use({ allowedOnConsole: BROWSER_NETWORK_LINES });

let server: MisbehavingServer;
test.beforeAll(async ({ servers }) => {
  server = await startMisbehavingServer(servers.builtIn.url);
});
test.afterAll(() => server.close());

const SSE = 'text/event-stream';
const NDJSON = 'application/x-ndjson';
const problem = (status: number, title: string) =>
  answerWith(status, 'application/problem+json', JSON.stringify({ type: 'about:blank', title, status }));

/** What each panel reads, how it is asked to, and a body that begins well. */
interface Reader {
  readonly name: PanelName;
  readonly paths: readonly string[];
  readonly mediaType: string;
  readonly begins: string;
  readonly broken: string;
  readonly start: (shown: Locator) => Promise<unknown>;
}

const press = (name: string) => (shown: Locator) => shown.getByRole('button', { name, exact: true }).click();
const byItself = async () => undefined;

const readers: readonly Reader[] = [
  {
    name: 'Stock ticker',
    paths: ['/stream/stock-ticker'],
    mediaType: SSE,
    begins: 'data: {"stock":"AAPL","price":101.25,"change":1.25}\n\n',
    broken: 'data: {"stock":"AAPL","pri\n\n',
    start: byItself,
  },
  {
    name: 'Live logs',
    paths: ['/stream/live-logs'],
    mediaType: SSE,
    begins: 'data: {"message":"The first line","level":"info"}\n\n',
    broken: 'data: {"message":"The fir\n\n',
    start: byItself,
  },
  {
    name: 'AI chat',
    paths: ['/ai/chat-stream-sse'],
    mediaType: SSE,
    begins: 'data: {"token":"The first words"}\n\n',
    broken: 'data: {"token":"The fir\n\n',
    start: (shown) => ask(shown, 'How is the weather?'),
  },
  {
    name: 'Job progress',
    paths: ['/process/long-task'],
    mediaType: SSE,
    begins: 'data: {"progress":40,"step":4,"total":10,"message":"Step 4"}\n\n',
    broken: 'data: {"progress":4\n\n',
    start: press('Start'),
  },
  {
    name: 'File download',
    paths: ['/download/image/1'],
    mediaType: 'image/jpeg',
    begins: 'not much of a picture',
    broken: 'not a picture',
    start: press('Download'),
  },
  {
    name: 'Data export',
    paths: ['/export/users/csv'],
    mediaType: 'text/csv',
    begins: 'id,name\r\n1,Ada\r\n2,Grace\r\n',
    broken: 'id,name\r\n1,"Ada\r\n',
    start: press('Start'),
  },
  {
    name: 'Buffered vs streamed',
    paths: ['/demo/comparison/buffered', '/demo/comparison/streamed'],
    mediaType: NDJSON,
    begins: '{"id":1,"message":"Row 1"}\n',
    broken: '{"id":1,"mess\n',
    start: press('Run comparison'),
  },
];

type Weather = (reader: Reader) => Answer;

function misbehave(weather: Weather, names: readonly PanelName[] = readers.map(({ name }) => name)): void {
  const concerned = readers.filter(({ name }) => names.includes(name));
  server.misbehave(
    Object.fromEntries(
      concerned.flatMap((reader) => reader.paths.map((path) => [path, weather(reader)] as const)),
    ),
  );
}

/** Opens the page on its own backend, turns to the one that misbehaves, and starts every panel. */
async function meet(
  page: Page,
  names: readonly PanelName[] = readers.map(({ name }) => name),
): Promise<void> {
  await openLive(page);
  await setBackend(page, server.url);
  for (const { name, start } of readers) if (names.includes(name)) await start(panel(page, name));
}

type Expected = Readonly<
  Partial<Record<PanelName, readonly [status: string | RegExp, words: string | RegExp]>>
>;

async function expectWords(page: Page, expected: Expected): Promise<void> {
  for (const [name, [status, words]] of Object.entries(expected)) {
    const shown = page.getByRole('region', { name, exact: true });
    await expect(connection(shown), name).toHaveText(status);
    await expect(shown.getByText(words).first(), `${name} says a clear word`).toBeVisible();
  }
}

const everywhere = (status: string | RegExp, words: string | RegExp): Expected =>
  Object.fromEntries(readers.map(({ name }) => [name, [status, words]] as const));

test('a backend that answers HTML: every panel says that this is not its stream', async ({ page }) => {
  misbehave(() => answerWith(200, 'text/html', '<!doctype html><title>Log in</title><h1>Log in</h1>'));
  await meet(page);
  await expectWords(page, everywhere('Failed', /answered an HTML page/));
});

test('401: every panel says that a token is wanted', async ({ page }) => {
  misbehave(() => problem(401, 'Unauthorized'));
  await meet(page);
  await expectWords(page, everywhere('Failed', 'The backend wants a token'));
});

test('404: every panel says that the stream is not there', async ({ page }) => {
  misbehave(() => problem(404, 'Not Found'));
  await meet(page);
  await expectWords(page, everywhere('Failed', 'The backend does not have this stream'));
});

test('500: every panel says that the backend failed, and tries again by itself where that is safe', async ({
  page,
}) => {
  misbehave(() => problem(500, 'Internal Server Error'));
  await meet(page);
  await expectWords(page, {
    ...everywhere(/^(Reconnecting|Connecting)$/, 'The backend failed (status 500)'),
    'Buffered vs streamed': ['Failed', 'The backend failed (status 500)'],
  });
  server.misbehave({});
  for (const name of ['Stock ticker', 'Live logs', 'AI chat', 'Job progress'] as const) {
    await expect(connection(panel(page, name)), name).toHaveText('Live', { timeout: 15_000 });
  }
  await expect(connection(panel(page, 'Data export'))).toHaveText('Ended', { timeout: 15_000 });
});

test('broken JSON in an event: it is shown and counted, and the stream goes on', async ({ page }) => {
  misbehave(
    ({ mediaType, begins, broken }) => streamOf(mediaType, `${begins}${broken}${begins}`, 'stay-open'),
    ['Stock ticker', 'Live logs', 'AI chat', 'Job progress'],
  );
  const names = ['Stock ticker', 'Live logs', 'AI chat', 'Job progress'] as const;
  await meet(page, names);
  for (const name of names) {
    const shown = panel(page, name);
    await expect(shown.getByText(/^A message could not be read: /), name).toBeVisible();
    await expect(connection(shown), name).toHaveText('Live');
    await expect.poll(() => wireTerms(shown), name).toMatchObject({ Events: '2', Malformed: '1' });
  }
  await expect(panel(page, 'Stock ticker').getByRole('region', { name: 'Prices' })).toContainText('101.25');
  await expect(panel(page, 'Live logs').getByText('The first line').first()).toBeVisible();
});

test('an event of the wrong shape: it says what is wrong with it, and the stream goes on', async ({
  page,
}) => {
  const names = ['Stock ticker', 'Live logs', 'AI chat', 'Job progress'] as const;
  misbehave(
    ({ mediaType, begins }) => streamOf(mediaType, `data: {"unheard":"of"}\n\n${begins}`, 'stay-open'),
    names,
  );
  await meet(page, names);
  for (const name of names) {
    const shown = panel(page, name);
    await expect(shown.getByText(/^A message could not be read: /), name).toBeVisible();
    await expect(connection(shown), name).toHaveText('Live');
    await expect.poll(() => wireTerms(shown), name).toMatchObject({ Events: '1', Malformed: '1' });
  }
});

test('rows of the wrong shape: an export and a comparison say so', async ({ page }) => {
  const names = ['Data export', 'Buffered vs streamed'] as const;
  misbehave(({ begins }) => streamOf(NDJSON, `"no row"\n${begins}`, 'close'), names);
  server.misbehave({
    '/demo/comparison/streamed': streamOf(NDJSON, '"no row"\n{"id":1}\n', 'close'),
    '/demo/comparison/buffered': answerWith(200, 'application/json', '{"rows":"none"}'),
    '/export/data/jsonl': streamOf(NDJSON, '{"id":1}\n{"id":\n{"id":3}\n', 'close'),
  });
  await openLive(page);
  await panel(page, 'Data export').getByLabel('Format').selectOption('JSON Lines');
  await setBackend(page, server.url);
  await panel(page, 'Data export').getByRole('button', { name: 'Start' }).click();
  await expectWords(page, {
    'Data export': ['Ended', /^A message could not be read: /],
    'Buffered vs streamed': ['Ended', 'The buffered answer is not a JSON array of objects.'],
  });
  await expect(panel(page, 'Data export').getByText('The stream ended after 2 of 5,000 rows.')).toBeVisible();
});

test('an empty stream: every panel says that nothing came', async ({ page }) => {
  misbehave(({ mediaType }) => streamOf(mediaType, '', 'close'));
  await meet(page);
  await expectWords(page, {
    'Stock ticker': [/^(Reconnecting|Connecting|Live)$/, 'The backend closed the stream'],
    'Live logs': [/^(Reconnecting|Connecting|Live)$/, 'The backend closed the stream'],
    'AI chat': ['Ended', 'The reply was empty'],
    'Job progress': ['Ended', /^The task ended early at 0 %/],
    'File download': ['Ended', /empty/i],
    'Data export': ['Ended', 'No rows came'],
    'Buffered vs streamed': ['Ended', 'The buffered lane failed'],
  });
});

test('a stream that is cut in the middle: every panel keeps what came, and says that it is not all', async ({
  page,
}) => {
  misbehave(({ mediaType, begins }) => streamOf(mediaType, begins, 'cut'));
  await meet(page);
  await expectWords(page, {
    'Stock ticker': [/^(Reconnecting|Connecting|Live)$/, '101.25'],
    'Live logs': [/^(Reconnecting|Connecting|Live)$/, 'The first line'],
    'AI chat': ['Failed', 'The reply was cut off'],
    // A native EventSource does not tell a cut from a close.
    'Job progress': ['Ended', /^The task ended early at 40 %, step 4 of 10/],
    'File download': ['Failed', 'Cut off'],
    'Data export': ['Failed', 'The connection broke'],
    'Buffered vs streamed': ['Failed', 'The connection broke'],
  });
  await expect(panel(page, 'AI chat').getByText('The first words')).toBeVisible();
});

test('a stream that ends early, and cleanly: what lacks is said where it can be known', async ({ page }) => {
  misbehave(({ mediaType, begins }) => streamOf(mediaType, begins, 'close'));
  await meet(page, ['Job progress', 'Data export']);
  await expectWords(page, {
    'Job progress': ['Ended', /^The task ended early at 40 %, step 4 of 10/],
    'Data export': ['Ended', 'The stream ended after 2 of 5,000 rows.'],
  });
});

for (const broken of ['Stock ticker', 'Live logs'] as const) {
  test(`while ${broken} fails, the rest of the page goes on`, async ({ page }) => {
    misbehave(() => answerWith(200, 'text/html', '<!doctype html><title>Not it</title>'), [broken]);
    await openLive(page);
    await setBackend(page, server.url);
    await expect(connection(panel(page, broken))).toHaveText('Failed');
    const other = panel(page, broken === 'Stock ticker' ? 'Live logs' : 'Stock ticker');
    await expect(connection(other)).toHaveText('Live');
    await untilMoreEvents(other, 5);
    await expect(connection(panel(page, 'Buffered vs streamed'))).toHaveText('Ended');
    server.misbehave({});
    await panel(page, broken).getByRole('button', { name: 'Retry' }).click();
    await expect(connection(panel(page, broken))).toHaveText('Live');
    await expect(panel(page, broken).getByRole('alert')).toHaveCount(0);
  });
}

test('a backend that is HTML throughout is said in the header, too', async ({ page, servers }) => {
  await openLive(page);
  // Any path of the page's own server that is not the API is the page itself.
  await setBackend(page, `${servers.builtIn.url}/docs`);
  await expect(page.getByRole('button', { name: /not answering/ })).toBeVisible();
  await expect(connection(panel(page, 'Stock ticker'))).toHaveText('Failed');
});
