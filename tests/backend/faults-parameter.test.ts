import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/contract/catalogue.ts';
import { FAULT_MENU } from '../../src/contract/fault-menu.ts';
import { FAULT_FORMS, FAULT_NAMES, readFaults } from '../../src/contract/faults.ts';
import { closeApps, openApp } from '../fixtures/open-app.ts';

afterEach(closeApps);

const streams = CATALOGUE.filter(({ family }) => family !== 'health');
const addressOf = (path: string) => path.replace('{id}', '1');

describe('readFaults', () => {
  it.each([
    ['delay:3000', { name: 'delay', at: null, value: 3_000 }],
    ['status:204', { name: 'status', at: null, value: 204 }],
    ['status:599', { name: 'status', at: null, value: 599 }],
    ['garble@1', { name: 'garble', at: 1, value: null }],
    ['stall@0:0', { name: 'stall', at: 0, value: 0 }],
    ['drop@0', { name: 'drop', at: 0, value: null }],
    ['one-behind', { name: 'one-behind', at: null, value: null }],
    ['first-kb', { name: 'first-kb', at: null, value: null }],
    ['truncate@10000000000', { name: 'truncate', at: 10_000_000_000, value: null }],
    [' buffer ', { name: 'buffer', at: null, value: null }],
  ])('reads %s', (text, fault) => {
    expect(readFaults(text)).toEqual({ status: 'read', faults: [fault] });
  });

  it('reads several, and those that make sense twice', () => {
    const reading = readFaults('garble@2,garble@4, stall@1:5 ,stall@2:5,drop@9');
    expect(reading.status === 'read' && reading.faults.map(({ name }) => name)).toEqual([
      'garble',
      'garble',
      'stall',
      'stall',
      'drop',
    ]);
  });

  it.each([
    ['', 'has "", which is none of delay:MS'],
    ['buffer,', 'has "", which is none of'],
    ['nonsense', 'has "nonsense", which is none of'],
    ['Drop@3', 'has "Drop@3", which is none of'],
    ['drop', 'has "drop", which must be drop@N with N from 0 to 1000000000'],
    ['drop:3', 'has "drop:3", which must be drop@N'],
    ['drop@3:4', 'which must be drop@N'],
    ['drop@-1', 'which must be drop@N'],
    ['drop@1.5', 'which must be drop@N'],
    ['drop@9999999999999999', 'which must be drop@N'],
    ['garble@0', 'which must be garble@N with N from 1'],
    ['stall@3', 'which must be stall@N:MS with N from 0 to 1000000000 and MS from 0 to 600000'],
    ['stall@3:600001', 'which must be stall@N:MS'],
    ['delay:600001', 'which must be delay:MS with MS from 0 to 600000'],
    ['status:200', 'which must be status:CODE with CODE from 400 to 599, or 204'],
    ['status:600', 'which must be status:CODE'],
    ['idle:0', 'which must be idle:MS with MS from 1'],
    ['age:x', 'which must be age:MS'],
    ['truncate@10000000001', 'which must be truncate@BYTES with BYTES from 0'],
    ['buffer@1', 'has "buffer@1", which must be buffer alone'],
    ['gzip:9', 'which must be gzip alone'],
    ['drop@3,drop@4', 'has drop twice'],
    ['buffer,buffer', 'has buffer twice'],
  ])('says what is wrong with "%s"', (text, reason) => {
    const reading = readFaults(text);
    expect(reading.status === 'wrong' && reading.reason).toContain(reason);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        /read|wrong/.test(readFaults(text).status),
      ),
    );
  });
});

describe('the menu of faults', () => {
  it('has each fault once, with an example that is one', () => {
    expect(FAULT_MENU.map(({ name }) => name)).toEqual([...FAULT_NAMES]);
    for (const { name, example } of FAULT_MENU) {
      expect(readFaults(example)).toMatchObject({ status: 'read', faults: [{ name }] });
    }
  });
});

describe('fault=', () => {
  it.each(streams)('is a parameter of $path', async ({ path, query }) => {
    expect(Object.keys(query.shape)).toContain('fault');
    const response = await openApp().request(`${addressOf(path)}?fault=drop@3,nonsense`);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const { errors } = (await response.json()) as { errors: { name: string; reason: string }[] };
    expect(errors).toEqual([{ name: 'fault', reason: expect.stringContaining('"nonsense"') }]);
  });

  it('is none of /health, which answers all the same', async () => {
    const health = CATALOGUE.find(({ family }) => family === 'health');
    expect(Object.keys(health?.query.shape ?? {})).not.toContain('fault');
    expect((await openApp().request('/health?fault=status:503')).status).toBe(200);
  });

  it('is wrong beside other wrong parameters, before any of it acts', async () => {
    const response = await openApp().request('/stream/json?count=0&fault=delay:600000,drop@x');
    const { errors } = (await response.json()) as { errors: { name: string }[] };
    expect(errors.map(({ name }) => name)).toEqual(['count', 'fault']);
    expect((await openApp().request('/stream/json?count=0&fault=status:503')).status).toBe(422);
  });

  it('is wrong twice, and not given where it is empty', async () => {
    const app = openApp();
    expect((await app.request('/stream/json?fault=buffer&fault=gzip')).status).toBe(422);
    expect((await app.request(`/stream/json?fault=${'drop@3,'.repeat(40)}`)).status).toBe(422);
    expect((await app.request('/stream/json?count=1&delay=0&fault=')).status).toBe(200);
  });

  it('is described in the OpenAPI document, every form of it', async () => {
    const document = (await (await openApp().request('/openapi.json')).json()) as {
      paths: Record<string, { get: { parameters?: { name: string; description: string }[] } }>;
    };
    for (const { path } of streams) {
      const parameter = document.paths[path]?.get.parameters?.find(({ name }) => name === 'fault');
      for (const form of FAULT_FORMS) expect(parameter?.description, path).toContain(form);
    }
    expect(JSON.stringify(document.paths['/health'])).not.toContain('fault');
  });
});
