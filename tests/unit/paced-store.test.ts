import { describe, expect, it } from 'vitest';
import { createPacedStore } from '../../src/store/paced-store.ts';
import { controlledFrames } from './controlled-frames.ts';

function storeWith(initial: readonly string[]) {
  const frames = controlledFrames();
  const store = createPacedStore<readonly string[]>(initial, {
    isNews: (_, newest) => newest.at(-1) === 'news',
    schedule: frames.schedule,
  });
  const drawn: (readonly string[])[] = [];
  store.shown.subscribe((state) => drawn.push(state));
  const take = (event: string) => store.take((state) => [...state, event]);
  return { store, frames, drawn, take };
}

describe('createPacedStore', () => {
  it('holds what a stream brings at once, and shows it in one frame', () => {
    const { store, frames, drawn, take } = storeWith([]);
    take('a');
    take('b');
    expect(store.getState()).toEqual(['a', 'b']);
    expect(store.shown.getState()).toEqual([]);
    expect(frames.waiting()).toBe(1);
    frames.draw();
    expect(drawn).toEqual([['a', 'b']]);
  });

  it('shows what a person does at once, with all that came before, and draws that no second time', () => {
    const { store, frames, drawn, take } = storeWith([]);
    take('a');
    store.setState((state) => [...state, 'cleared'], true);
    expect(drawn).toEqual([['a', 'cleared']]);
    expect(frames.waiting()).toBe(0);
  });

  it('shows at once what a person waits for', () => {
    const { frames, drawn, take } = storeWith([]);
    take('a');
    take('news');
    expect(drawn).toEqual([['a', 'news']]);
    expect(frames.waiting()).toBe(0);
  });

  it('goes on after an update that throws', () => {
    const { store, drawn } = storeWith(['a']);
    expect(() =>
      store.take(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    store.setState(['b'], true);
    expect(drawn).toEqual([['b']]);
  });
});
