import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/contract/catalogue.ts';
import { curlCommand } from '../../src/panels/inspector/curl.ts';
import {
  endpointGroups,
  endpointKey,
  findEndpoint,
  parameterError,
  parameterFields,
} from '../../src/panels/inspector/endpoint-fields.ts';
import {
  readHeaderLines,
  withoutSecretHeaders,
  withoutSecretParameters,
} from '../../src/panels/inspector/header-lines.ts';
import {
  type InspectorDraft,
  initialDraft,
  storedDraft,
} from '../../src/panels/inspector/inspector-draft.ts';
import { inspectorFailure } from '../../src/panels/inspector/inspector-failure.ts';
import { readDraft } from '../../src/panels/inspector/read-draft.ts';
import type { BackendTarget, Failure } from '../../src/streams/types.ts';

const target: BackendTarget = { baseUrl: 'http://backend.test', token: null };
const page = 'http://page.test/';
const read = (part: Partial<InspectorDraft>, on = target) =>
  readDraft({ ...initialDraft, ...part }, on, page);
const anyUrl = (url: string) => ({ endpoint: null, url });

describe('the catalogue as a form', () => {
  it('lists every endpoint once, by family', () => {
    const keys = endpointGroups().flatMap((group) => group.keys);
    expect(keys.toSorted()).toEqual(CATALOGUE.map(endpointKey).toSorted());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(CATALOGUE.map((endpoint) => [endpointKey(endpoint), endpoint] as const))(
    'has a field for every parameter of %s, and asks with none filled in',
    (key, endpoint) => {
      const names = [...Object.keys(endpoint.params?.shape ?? {}), ...Object.keys(endpoint.query.shape)];
      expect(parameterFields(endpoint).map(({ name }) => name)).toEqual(names);
      const { inspection, url } = read({ endpoint: key });
      expect(inspection?.request.method).toBe('GET');
      expect(url).not.toMatch(/[{}?]/);
    },
  );

  it('reads bounds, defaults and choices from the schema', () => {
    const endpoint = findEndpoint('GET /stream/live-logs');
    const fields = endpoint ? parameterFields(endpoint) : [];
    expect(fields.filter(({ name }) => name !== 'fault')).toMatchObject([
      { name: 'source', kind: 'choice', choices: ['demo', 'requests', 'file'], fallback: 'demo' },
      { name: 'level', kind: 'choice', fallback: 'trace' },
      { name: 'rate', kind: 'number', min: 0.1, max: 100_000, fallback: '5' },
      { name: 'lastEventId', kind: 'text', fallback: '' },
    ]);
  });

  it.each([
    ['', null],
    [' 5 ', null],
    ['0', 'must be at least 1'],
    ['10001', 'must be at most 10000'],
    ['many', 'must be a whole number from 1 to 10000'],
    ['1.5', 'must be a whole number from 1 to 10000'],
  ])('says of the count %j: %s', (text, expected) => {
    const endpoint = findEndpoint('GET /stream/json');
    const field = endpoint && parameterFields(endpoint).find(({ name }) => name === 'count');
    expect(endpoint && field && parameterError(endpoint, field, text)).toBe(expected);
  });
});

describe('readDraft', () => {
  it('fills path and query parameters in', () => {
    const values = { 'GET /download/image/{id}': { id: '2', rate: '1000' } };
    expect(read({ endpoint: 'GET /download/image/{id}', values }).url).toBe(
      'http://backend.test/download/image/2?rate=1000',
    );
  });

  it('makes no request with a parameter out of bounds', () => {
    const { inspection, errors } = read({ values: { 'GET /stream/json': { count: '0' } } });
    expect(inspection).toBeNull();
    expect(errors.parameters).toEqual({ count: 'must be at least 1' });
  });

  it.each([
    ['http://other.test/x?a=1#part', 'http://other.test/x?a=1'],
    ['/stream', 'http://backend.test/stream'],
    [' https://other.test ', 'https://other.test/'],
  ])('takes %j', (url, expected) => expect(read(anyUrl(url)).url).toBe(expected));

  it.each([
    ['', /^Enter a URL/],
    ['localhost:8000/x', /^Must start with http/],
    ['ftp://x.test', /^Must start with http/],
    ['http://', /not a valid URL/],
    ['http://me:secret@x.test', /user name or password/],
  ])('refuses %j beside the field', (url, expected) => {
    const { inspection, errors } = read(anyUrl(url));
    expect(inspection).toBeNull();
    expect(errors.fields.url).toMatch(expected);
  });

  it.each([
    ['http://far.test/', /mixed content/],
    ['http://localhost:8000/', undefined],
    ['http://127.0.0.1:8000/', undefined],
  ])('knows what a page over https may call: %s', (url, expected) => {
    const { errors } = readDraft({ ...initialDraft, ...anyUrl(url) }, target, 'https://page.test/');
    if (expected) expect(errors.fields.url).toMatch(expected);
    else expect(errors.fields.url).toBeUndefined();
  });

  it('refuses a body with GET, and names JSON with POST', () => {
    expect(read({ body: '{}' }).errors.fields.body).toMatch(/no body with GET/);
    const post = { ...anyUrl('/x'), method: 'POST' as const };
    expect(read({ ...post, body: '{"a":1}' }).inspection?.request).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(read({ ...post, body: 'plain' }).inspection?.request.headers).toEqual({});
    expect(read({ ...post, body: '1', headers: 'Content-Type: text/x' }).inspection?.request.headers).toEqual(
      {
        'content-type': 'text/x',
      },
    );
  });

  it.each([
    [{ method: 'POST' as const }, /only send GET/],
    [{ headers: 'a: b' }, /neither headers nor a body/],
  ])('says what EventSource can not do: %j', (part, expected) =>
    expect(read({ ...part, transport: 'EventSource' }).errors.fields.transport).toMatch(expected),
  );

  it('sends the token to the backend alone', () => {
    const withToken = { ...target, token: 't0k' };
    expect(read({}, withToken).inspection?.request.headers).toEqual({ authorization: 'Bearer t0k' });
    expect(read(anyUrl('http://other.test/'), withToken).inspection?.request.headers).toEqual({});
    expect(read(anyUrl('http://backend.test.evil/'), withToken).inspection?.request.headers).toEqual({});
    expect(read({ transport: 'EventSource' }, withToken).errors.fields.transport).toMatch(/bearer token/);
  });

  it.each([
    [{}, 'http://backend.test/stream/json?fault=drop%402'],
    [{ values: { 'GET /stream/json': { fault: 'gzip' } } }, 'http://backend.test/stream/json?fault=gzip'],
    [anyUrl('/x?a=1'), 'http://backend.test/x?a=1&fault=drop%402'],
    [anyUrl('http://backend.test/x?fault=gzip'), 'http://backend.test/x?fault=gzip'],
    [anyUrl('http://other.test/x'), 'http://other.test/x'],
  ])('asks its backend for the fault of the panel, unless the request names one: %j', (part, expected) =>
    expect(read(part, { ...target, fault: 'drop@2' }).url).toBe(expected),
  );

  it('listens for the event types of the contract and those named', () => {
    const part = { endpoint: 'GET /dummy-events', transport: 'EventSource' as const, eventTypes: 'x, ,info' };
    expect(read(part).inspection?.eventTypes).toEqual(['update', 'alert', 'info', 'x']);
  });
});

describe('header lines', () => {
  it('reads names and values', () => {
    expect(readHeaderLines('Accept: text/csv\n\n X-A :b: c ')).toEqual({
      ok: true,
      headers: { accept: 'text/csv', 'x-a': 'b: c' },
    });
  });

  it.each([
    ['Accept', 'Line 1 has no colon'],
    ['a: 1\n: b', 'Line 2 has no name'],
    ['a b: c', 'Line 1 has a name that is none'],
    ['Cookie: a=1', 'browsers do not let a page set'],
    ['Sec-Fetch-Mode: x', 'browsers do not let a page set'],
    ['a: 1\nA: 2', 'Line 2 names A a second time'],
    ['a: ☃', 'a header can’t carry'],
  ])('says what is wrong with %j', (text, error) =>
    expect(readHeaderLines(text)).toEqual({ ok: false, error: expect.stringContaining(error) }),
  );

  it('stores no secret', () => {
    const draft = {
      ...initialDraft,
      headers: 'Authorization: Bearer x\nAccept: a\nX-API-Key: k\ncookie: c',
      url: 'http://x.test/?a=1&access_token=s&b=2',
    };
    expect(storedDraft(draft)).toMatchObject({
      headers: 'Authorization:\nAccept: a\nX-API-Key:\ncookie:',
      url: 'http://x.test/?a=1&access_token=&b=2',
    });
    expect(withoutSecretHeaders('no colon')).toBe('no colon');
    expect(withoutSecretParameters('http://me:pw@x.test/')).toBe('http://x.test/');
  });
});

describe('curlCommand', () => {
  it('quotes what a shell would read', () => {
    const command = curlCommand({
      url: "http://x.test/?q=it's&b=$HOME",
      method: 'POST',
      headers: { accept: '*/*' },
      body: '{"a":1}',
    });
    expect(command.split(' \\\n  ')).toEqual([
      'curl -N -i',
      '-X POST',
      "-H 'accept: */*'",
      `--data-raw '{"a":1}'`,
      "'http://x.test/?q=it'\\''s&b=$HOME'",
    ]);
  });
});

describe('inspectorFailure', () => {
  const failed = (kind: Failure['kind']) =>
    ({ status: 'failed', failure: { kind, status: null, message: 'broke off' } }) as const;
  const request = { url: 'http://other.test/x', method: 'PUT', headers: { 'x-a': '1', accept: '*/*' } };

  const facts = (pageOrigin: string, answered: boolean, asksAgain = false) => ({
    pageOrigin,
    answered,
    asksAgain,
  });

  it('says whether it is sent again by itself', () => {
    const advice = (asksAgain: boolean) =>
      inspectorFailure(failed('network'), request, facts('http://other.test', false, asksAgain))?.advice;
    expect(advice(true)).toMatch(/sent again/);
    expect(advice(false)).toMatch(/inspect again/);
  });

  it('explains CORS and what needs a preflight, for another origin', () => {
    const words = inspectorFailure(failed('network'), request, facts('http://page.test', false));
    expect(words?.advice).toContain('Access-Control-Allow-Origin: http://page.test');
    expect(words?.advice).toContain('the method PUT and the header x-a');
    expect(words?.advice).not.toContain('accept');
  });

  it('speaks of no CORS for its own origin, nor after the answer began', () => {
    expect(inspectorFailure(failed('network'), request, facts('http://other.test', false))?.advice).toMatch(
      /running/,
    );
    expect(inspectorFailure(failed('network'), request, facts('http://page.test', true))?.title).toBe(
      'broke off',
    );
    expect(
      inspectorFailure({ status: 'live', attempt: 1 }, request, facts('http://page.test', true)),
    ).toBeNull();
  });
});
