import { describe, expect, test } from 'vitest';
import type { ConnectionSlots } from '../../src/streams/shared/slots.ts';
import { createConnectionSlots } from '../../src/streams/shared/slots-in-memory.ts';
import { type SubscribeOptions, subscribe } from '../../src/streams/subscribe.ts';
import type { RawMessage } from '../../src/streams/types.ts';
import { createScriptedTransport } from './doubles/scripted-transport.ts';

const message = (data: string): RawMessage => ({ id: null, event: 'message', data });

function start(options: Partial<SubscribeOptions<string>>) {
  const transport = createScriptedTransport();
  const events = subscribe<string>({
    request: { url: 'http://backend.test/feed' },
    transport,
    parse: ({ data }) => ({ ok: true, value: String(data) }),
    signal: new AbortController().signal,
    lifetime: 'endless',
    reconnect: 'always',
    ...options,
  });
  return { transport, events };
}

describe('a defect of ours', () => {
  test('around a connection is a failed state, not an end without a word', async () => {
    const slots: ConnectionSlots = {
      ...createConnectionSlots(),
      acquire: () => Promise.reject(new Error('no places here')),
    };
    const told = [];
    for await (const event of start({ slots }).events) told.push(event);
    expect(told.at(-1)).toMatchObject({
      type: 'status',
      state: { status: 'failed', failure: { message: expect.stringContaining('no places here') } },
    });
  });

  test('in the reading of one message refuses that message, and the stream goes on', async () => {
    const { transport, events } = start({
      parse: ({ data }) => {
        if (data === 'bad') throw new RangeError('too much for me');
        return { ok: true, value: String(data) };
      },
    });
    const told = [];
    void transport.connection(1).then((connection) => {
      connection.emit({ type: 'response', response: null, atMs: 0 });
      const messages = ['good', 'bad', 'better'].map(message);
      connection.emit({ type: 'chunk', byteLength: 9, messages, atMs: 1 });
    });
    for await (const event of events) {
      told.push(event);
      if (event.type === 'malformed') break;
    }
    const values = told.flatMap((event) => (event.type === 'chunk' ? event.messages : []));
    expect(values.map(({ value }) => value)).toEqual(['good', 'better']);
    expect(told.at(-1)).toMatchObject({ type: 'malformed', reason: 'too much for me', sample: 'bad' });
  });
});
