import { describe, expect, it, vi } from 'vitest';
import { createAllowedSlots } from '../../src/streams/shared/slots-allowed.ts';
import { createConnectionSlots } from '../../src/streams/shared/slots-in-memory.ts';
import { holdLockIfAllowed, type WebLocks } from '../../src/streams/shared/web-lock.ts';
import { createFakeLocks } from './doubles/fake-locks.ts';

const never = new AbortController().signal;
const failing = (error: Error): WebLocks => {
  const fail = () => Promise.reject(error);
  return { request: fail, query: fail } as unknown as WebLocks;
};
const refused = () => failing(new DOMException('The request was denied.', 'SecurityError'));

describe('places where the browser may refuse locks', () => {
  it('are those of all tabs where it does not', async () => {
    const inMemory = vi.fn(createConnectionSlots);
    const byLocks = createConnectionSlots(1);
    const slots = createAllowedSlots(createFakeLocks().of('tab'), { byLocks: () => byLocks, inMemory });
    expect(await slots.acquire('ticker', never)).not.toBeNull();
    expect(slots.snapshot()).toBe(byLocks.snapshot());
    expect(inMemory).not.toHaveBeenCalled();
  });

  it('are those of the tab alone where it refuses them, and no stream waits for ever', async () => {
    const slots = createAllowedSlots(refused());
    const changes = vi.fn();
    slots.subscribe(changes);
    expect(await slots.acquire('ticker', never)).not.toBeNull();
    expect(slots.snapshot().held.map(({ label }) => label)).toEqual(['ticker']);
    expect(changes).toHaveBeenCalled();
  });

  it('tell a listener that has left nothing more', async () => {
    const slots = createAllowedSlots(refused());
    const changes = vi.fn();
    slots.subscribe(changes)();
    await slots.acquire('ticker', never);
    expect(changes).not.toHaveBeenCalled();
  });

  it('do not take a defect for a refusal', async () => {
    const slots = createAllowedSlots(failing(new TypeError('a defect')));
    await expect(slots.acquire('ticker', never)).rejects.toThrow('a defect');
  });
});

describe('a lock', () => {
  it('is none where the browser refuses it', async () => {
    expect(await holdLockIfAllowed(refused(), 'name')).toBeNull();
    await expect(holdLockIfAllowed(failing(new TypeError('a defect')), 'name')).rejects.toThrow('a defect');
  });
});
