import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPacedFrames } from '../../src/store/paced-frames.ts';
import { controlledFrames } from './controlled-frames.ts';

/** A page in which drawing takes as long as a test says: a frame as a whole, or each that is drawn in it. */
function pageWith(costMs: () => number = () => 0) {
  const frames = controlledFrames();
  const timers: { atMs: number; callback: () => void }[] = [];
  const painted: (() => void)[] = [];
  let nowMs = 1_000;
  let hidden = false;
  let press: () => void = () => undefined;
  const { schedule, hold } = createPacedFrames({
    schedule: frames.schedule,
    nowMs: () => nowMs,
    afterPaint: (callback) => painted.push(callback),
    after: (waitMs, callback) => timers.push({ atMs: nowMs + waitMs, callback }),
    isHidden: () => hidden,
    onPress: (listener) => {
      press = listener;
    },
  });
  /** Lets time pass, and no frame be drawn. */
  const pass = (passedMs: number) => {
    nowMs += passedMs;
    for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.callback();
    }
  };
  return {
    schedule,
    hold,
    press: () => press(),
    waiting: frames.waiting,
    nowMs: () => nowMs,
    /** Several that take so many milliseconds each, and are scheduled together. */
    drawing(costs: Readonly<Record<string, number>>) {
      const drawn: string[] = [];
      const callbacks = Object.keys(costs).map((name) => () => {
        nowMs += costs[name] ?? 0;
        drawn.push(name);
      });
      const scheduleAll = () => {
        for (const callback of callbacks) schedule(callback);
      };
      return { drawn, scheduleAll };
    },
    /** What draws takes time. */
    spend(ms: number) {
      nowMs += ms;
    },
    hide: () => {
      hidden = true;
    },
    pass,
    /** Lets time pass, and draws the frame that is due. */
    frame(passedMs = 0) {
      pass(passedMs);
      const asked = frames.waiting();
      frames.draw();
      if (asked > 0) nowMs += costMs();
      for (const callback of painted.splice(0)) callback();
    },
  };
}

describe('createPacedFrames', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('draws all that waits in one frame', () => {
    const page = pageWith(() => 1);
    const drawn: string[] = [];
    for (const name of ['prices', 'lines']) page.schedule(() => drawn.push(name));
    expect(page.waiting()).toBe(1);
    page.frame();
    expect(drawn).toEqual(['prices', 'lines']);
    expect(page.waiting()).toBe(0);
  });

  it.each([
    ['not at all where it is light', 4, 0],
    ['a little where it is heavier', 6, 18],
    ['four times as long where it takes twice as long', 12, 72],
    ['no longer than four tenths of a second', 500, 400],
  ])('rests %s', (_, costMs, restMs) => {
    const page = pageWith(() => costMs);
    const draw = vi.fn();
    page.schedule(draw);
    page.frame();
    page.schedule(draw);
    if (restMs > 0) {
      page.frame(restMs - 1);
      expect(draw).toHaveBeenCalledTimes(1);
    }
    page.frame(1);
    expect(draw).toHaveBeenCalledTimes(2);
  });

  it('rests as well before what was asked for while it drew and painted', () => {
    const page = pageWith(() => 30);
    let drawn = 0;
    const drawAgain = () => {
      drawn += 1;
      page.schedule(drawAgain);
    };
    page.schedule(drawAgain);
    for (let time = 0; time < 4; time += 1) {
      page.frame();
      expect(drawn).toBe(time + 1);
      page.frame(399);
      expect(drawn).toBe(time + 1);
      page.frame(1);
    }
    expect(drawn).toBe(5);
  });

  it('draws apart what takes too long together, in the order in which it came', () => {
    const page = pageWith();
    const { drawn, scheduleAll } = page.drawing({ prices: 9, lines: 8, clock: 2 });
    scheduleAll();
    page.frame();
    expect(drawn.splice(0)).toEqual(['prices', 'lines', 'clock']);
    // What they took together is known, and not yet which of them took it.
    scheduleAll();
    page.frame(400);
    expect(drawn.splice(0)).toEqual(['prices']);
    page.frame(400);
    expect(drawn.splice(0)).toEqual(['lines']);
    page.frame(400);
    expect(drawn.splice(0)).toEqual(['clock']);
    scheduleAll();
    page.frame(400);
    expect(drawn.splice(0)).toEqual(['prices']);
    page.frame(400);
    expect(drawn.splice(0)).toEqual(['lines', 'clock']);
  });

  it('draws together again what has become light', () => {
    const page = pageWith();
    const costs = { prices: 20, lines: 20 };
    const { drawn, scheduleAll } = page.drawing(costs);
    for (let time = 0; time < 3; time += 1) {
      scheduleAll();
      page.frame(400);
      page.frame(400);
    }
    Object.assign(costs, { prices: 2, lines: 2 });
    scheduleAll();
    page.frame(400);
    page.frame(400);
    drawn.length = 0;
    scheduleAll();
    page.frame(400);
    expect(drawn).toEqual(['prices', 'lines']);
  });

  it('finds out which of three is heavy, wherever it is among them', () => {
    const orders = [
      ['light', 'small', 'heavy'],
      ['light', 'heavy', 'small'],
      ['heavy', 'light', 'small'],
    ];
    const together = orders.map((order) => {
      const page = pageWith();
      const { drawn, scheduleAll } = page.drawing(
        Object.fromEntries(order.map((name) => [name, { light: 0, small: 2, heavy: 30 }[name] ?? 0])),
      );
      for (let time = 0; time < 6; time += 1) {
        scheduleAll();
        for (let frame = 0; frame < 3; frame += 1) page.frame(400);
      }
      drawn.length = 0;
      scheduleAll();
      return order.map(() => {
        page.frame(400);
        return drawn.splice(0);
      });
    });
    expect(together).toEqual([
      [['light', 'small'], ['heavy'], []],
      [['light'], ['heavy'], ['small']],
      [['heavy'], ['light', 'small'], []],
    ]);
  });

  it('lets none wait for much longer than one, however many are heavy', () => {
    const page = pageWith();
    const drawnAtMs: number[][] = [[], [], [], []];
    for (const drawn of drawnAtMs) {
      const drawAgain = () => {
        drawn.push(page.nowMs());
        page.spend(30);
        page.schedule(drawAgain);
      };
      page.schedule(drawAgain);
    }
    for (let frame = 0; frame < 400; frame += 1) page.frame(16);
    for (const drawn of drawnAtMs) {
      expect(drawn.length).toBeGreaterThan(8);
      const late = drawn.slice(2).map((atMs, index) => atMs - (drawn[index + 1] ?? 0));
      // Four of them, the rests in between, and the wait for a frame after each.
      expect(Math.max(...late)).toBeLessThanOrEqual(4 * 30 + 400 + 4 * 16);
    }
  });

  it('does not rest in a hidden tab, whose timers are late', () => {
    const page = pageWith(() => 1_000);
    const draw = vi.fn();
    page.hide();
    page.schedule(draw);
    page.frame();
    page.schedule(draw);
    page.frame();
    expect(draw).toHaveBeenCalledTimes(2);
  });

  describe('while somebody types', () => {
    /** A page that has just drawn a heavy frame, and has the next one waiting. */
    function heavyPage() {
      const page = pageWith(() => 30);
      const draw = vi.fn();
      page.schedule(draw);
      page.frame();
      page.schedule(draw);
      return { page, draw };
    }

    it('waits after a heavy frame until nothing is typed any more', () => {
      const { page, draw } = heavyPage();
      page.frame(100);
      page.press();
      page.frame(299);
      expect(draw).toHaveBeenCalledTimes(1);
      page.frame(1);
      expect(draw).toHaveBeenCalledTimes(2);
    });

    it('draws right after a key is painted, once it is time', () => {
      const { page, draw } = heavyPage();
      for (let key = 0; key < 5; key += 1) {
        page.press();
        page.frame(110);
        page.frame(10);
        expect(draw).toHaveBeenCalledTimes(1);
      }
      page.press();
      page.frame(16);
      expect(draw).toHaveBeenCalledTimes(1);
      page.frame(16);
      expect(draw).toHaveBeenCalledTimes(2);
    });

    it('keeps clear of a key that comes when the frame was asked for, and draws in time all the same', () => {
      const page = pageWith(() => 30);
      const draw = vi.fn();
      page.schedule(draw);
      page.frame();
      page.frame(1_000);
      const askedAtMs = page.nowMs();
      page.schedule(draw);
      page.press();
      page.frame(16);
      expect(draw).toHaveBeenCalledTimes(1);
      // Each comes when the rest after the one before is over, and before its frame.
      while (draw.mock.calls.length === 1 && page.nowMs() < askedAtMs + 5_000) {
        page.pass(300);
        page.press();
        page.frame(16);
        page.frame(16);
      }
      expect(page.nowMs() - askedAtMs).toBeLessThan(900);
    });

    it('does not wait where frames are light', () => {
      const page = pageWith(() => 3);
      const draw = vi.fn();
      page.schedule(draw);
      page.frame();
      page.press();
      page.schedule(draw);
      page.frame();
      expect(draw).toHaveBeenCalledTimes(2);
    });

    it('never draws twice in a row without a rest, however keys and frames fall', () => {
      const step = fc.record({ passedMs: fc.nat(200), presses: fc.nat(2) });
      fc.assert(
        fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
          const page = pageWith(() => 30);
          const drawnAtMs: number[] = [];
          const drawAgain = () => {
            drawnAtMs.push(page.nowMs());
            page.schedule(drawAgain);
          };
          page.schedule(drawAgain);
          for (const { passedMs, presses } of steps) {
            for (let press = 0; press < presses; press += 1) page.press();
            page.frame(passedMs);
          }
          for (const [index, atMs] of drawnAtMs.slice(1).entries())
            expect(atMs - (drawnAtMs[index] ?? 0)).toBeGreaterThanOrEqual(400);
        }),
      );
    });
  });

  describe('while somebody waits for an answer', () => {
    it('draws nothing, and then leaves the answer a frame', () => {
      const page = pageWith();
      const draw = vi.fn();
      const release = page.hold();
      page.schedule(draw);
      page.frame(100);
      expect(draw).not.toHaveBeenCalled();
      release();
      page.frame(49);
      expect(draw).not.toHaveBeenCalled();
      page.frame(1);
      expect(draw).toHaveBeenCalledTimes(1);
    });

    it('waits for the last of several', () => {
      const page = pageWith();
      const draw = vi.fn();
      const [first, second] = [page.hold(), page.hold()];
      page.schedule(draw);
      first();
      first();
      page.frame(100);
      expect(draw).not.toHaveBeenCalled();
      second();
      page.frame(50);
      expect(draw).toHaveBeenCalledTimes(1);
    });

    it('draws nothing either in a frame that was asked for before', () => {
      const page = pageWith();
      const draw = vi.fn();
      page.schedule(draw);
      const release = page.hold();
      page.frame(16);
      expect(draw).not.toHaveBeenCalled();
      release();
      page.frame(50);
      expect(draw).toHaveBeenCalledTimes(1);
    });

    it('makes none wait for longer than for one chain of answers, however many frames it takes', () => {
      const page = pageWith();
      const { drawn, scheduleAll } = page.drawing({ prices: 4, lines: 4, clock: 4, bars: 4 });
      scheduleAll();
      page.frame();
      drawn.length = 0;
      scheduleAll();
      for (let answer = 0; answer < 9; answer += 1) {
        const release = page.hold();
        page.frame(60);
        release();
        page.frame(24);
      }
      expect(drawn).toEqual(['prices', 'lines', 'clock', 'bars']);
    });

    it('goes on without it when it takes too long', () => {
      const page = pageWith();
      const draw = vi.fn();
      page.hold();
      page.schedule(draw);
      page.frame(249);
      expect(draw).not.toHaveBeenCalled();
      page.frame(1);
      expect(draw).toHaveBeenCalledTimes(1);
    });

    it.each([
      ['light', 3],
      ['heavy', 30],
    ])('shows one who types without a pause the rest all the same, where frames are %s', (_, costMs) => {
      const page = pageWith(() => costMs);
      const drawnAtMs: number[] = [];
      const drawAgain = () => {
        drawnAtMs.push(page.nowMs());
        page.schedule(drawAgain);
      };
      page.schedule(drawAgain);
      page.frame();
      for (let key = 0; key < 30; key += 1) {
        page.press();
        page.frame(16);
        const release = page.hold();
        page.frame(60);
        release();
        page.frame(24);
      }
      expect(drawnAtMs.length).toBeGreaterThan(4);
      for (const [index, atMs] of drawnAtMs.slice(1).entries())
        expect(atMs - (drawnAtMs[index] ?? 0)).toBeLessThanOrEqual(800);
    });
  });

  it('draws at once again after a rest in which nothing was to be drawn', () => {
    const page = pageWith(() => 50);
    const draw = vi.fn();
    page.schedule(draw);
    page.frame();
    page.frame(1_000);
    page.schedule(draw);
    page.frame();
    expect(draw).toHaveBeenCalledTimes(2);
  });

  it('leaves out what was taken back, and draws the rest of it', () => {
    const page = pageWith(() => 1);
    const [draw, other] = [vi.fn(), vi.fn()];
    const takeBack = page.schedule(draw);
    page.schedule(other);
    takeBack();
    page.frame();
    expect(draw).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('reports what one throws, and draws the others', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const page = pageWith(() => 1);
    const broken = new Error('no');
    const draw = vi.fn();
    page.schedule(() => {
      throw broken;
    });
    page.schedule(draw);
    page.frame();
    expect(report).toHaveBeenCalledWith(broken);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('draws whatever is asked for, in its turn, whatever it costs and whoever types or waits', () => {
    const step = fc.record({
      ask: fc.subarray([0, 1, 2, 3, 4]),
      passedMs: fc.nat(40),
      costMs: fc.nat(60),
      of: fc.nat(4),
      does: fc.constantFrom('press' as const, 'hold' as const, 'release' as const, 'nothing' as const),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const page = pageWith();
        const asked: number[] = [];
        const drawn: number[] = [];
        const draws = [0, 0, 0, 0, 0].map((costMs, which) => {
          const draw = {
            costMs,
            callback: () => {
              page.spend(draw.costMs);
              drawn.push(which);
            },
          };
          return draw;
        });
        const holds: (() => void)[] = [];
        const act = {
          press: page.press,
          hold: () => holds.push(page.hold()),
          release: () => holds.pop()?.(),
          nothing: () => undefined,
        };
        for (const { ask, passedMs, costMs, of, does } of steps) {
          Object.assign(draws[of] ?? {}, { costMs });
          asked.push(...ask);
          for (const { callback } of ask.flatMap((which) => draws[which] ?? [])) page.schedule(callback);
          act[does]();
          page.frame(passedMs);
        }
        for (let frame = 0; frame < 2 * asked.length; frame += 1) page.frame(600);
        expect(drawn).toEqual(asked);
      }),
    );
  });
});
