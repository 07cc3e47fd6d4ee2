// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LogFilter, SHOW_ALL, textSearch } from '../../src/panels/logs/log-filter.ts';
import { LogList } from '../../src/panels/logs/log-list.tsx';
import { applyLogs, createLogs, type LogsState, setFilter } from '../../src/panels/logs/logs-store.ts';
import { ROW_HEIGHT } from '../../src/panels/logs/row-layout.ts';

const IN_SIGHT = 40;
const LINES = 100;
/** As high as a line that is wrapped or unfolded is here. */
const TALL = 2 * ROW_HEIGHT;

/** A page without layout is told of one: a list of forty rows, in which what is measured is two rows high. */
beforeEach(() => {
  const layout = (name: keyof HTMLElement, value: (this: HTMLElement) => number) =>
    vi.spyOn(HTMLElement.prototype, name as 'clientHeight', 'get').mockImplementation(value);
  layout('clientWidth', () => 800);
  layout('clientHeight', () => IN_SIGHT * ROW_HEIGHT);
  layout('offsetHeight', () => TALL);
  layout('scrollHeight', function () {
    return Number.parseFloat((this.firstElementChild as HTMLElement | null)?.style.height ?? '0');
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function withLines(state: LogsState, count: number): LogsState {
  const first = state.book.rows.end;
  const messages = Array.from({ length: count }, (_, index) => ({
    id: null,
    event: 'message',
    value: { timeMs: null, level: null, service: null, message: `line ${first + index}`, fields: null },
  }));
  return applyLogs(state, [{ type: 'chunk', byteLength: null, messages, atMs: 0 }]);
}

const props = {
  wrap: false,
  find: () => [],
  anchor: null,
  scroller: { current: null },
  onContext: null,
  onCopy: () => undefined,
};

/** A list that somebody reads from line 20 on. */
function readingList({ capacity = 1_000 } = {}) {
  let state = withLines(createLogs(SHOW_ALL, { capacity }), LINES);
  let wrap = false;
  const view = render(<LogList {...props} state={state} wrap={wrap} />);
  const list = screen.getByRole('region', { name: 'Log lines' });
  list.scrollTop = 20 * ROW_HEIGHT;
  fireEvent.scroll(list);
  return {
    list,
    show: (change: (state: LogsState) => LogsState, wrapped = wrap) => {
      state = change(state);
      wrap = wrapped;
      view.rerender(<LogList {...props} state={state} wrap={wrap} />);
    },
  };
}

const jump = () => screen.queryByRole('button', { name: /new$/ });
const user = userEvent.setup();

describe('the list of lines', () => {
  it('follows its end until somebody scrolls up', () => {
    const { list, show } = readingList();
    show((state) => withLines(state, 10));
    expect(list.scrollTop).toBe(20 * ROW_HEIGHT);
    expect(jump()).toHaveTextContent('10 new');
  });

  it.each(['Jump to top', '↓ 30 new'])('gets the focus of the button %s, which goes', async (name) => {
    const { list, show } = readingList();
    show((state) => withLines(state, 30));
    screen.getByRole('button', { name }).focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('button', { name })).toBeNull();
    expect(list).toHaveFocus();
  });

  it('stops following once the keyboard has reached a row, which would go with its focus', async () => {
    let state = withLines(createLogs(), LINES);
    const view = render(<LogList {...props} state={state} />);
    await user.tab();
    expect(screen.getByRole('region', { name: 'Log lines' })).toHaveFocus();
    expect(jump()).toBeNull();
    await user.tab();
    expect(jump()).toHaveTextContent('0 new');
    state = withLines(state, LINES);
    view.rerender(<LogList {...props} state={state} />);
    expect(screen.getByText('line 60')).toBeInTheDocument();
    expect(document.activeElement).toHaveAccessibleName('Unfold line');
  });

  it('keeps a reader in place when lines are wrapped, and what is unfolded', async () => {
    const { list, show } = readingList();
    await user.click(
      within(screen.getByText('line 25').closest('[data-level]') as HTMLElement).getByRole('button'),
    );
    show((state) => state, true);
    // The twelve rows above that are drawn are known to be higher.
    expect(list.scrollTop).toBe(20 * ROW_HEIGHT + 12 * (TALL - ROW_HEIGHT));
    expect(screen.getByRole('button', { name: 'Fold line' })).toBeInTheDocument();
    expect(jump()).not.toBeNull();
    show((state) => state, false);
    expect(list.scrollTop).toBe(20 * ROW_HEIGHT);
  });

  it('keeps a reader in place while a search finds nothing', () => {
    const { list, show } = readingList();
    show((state) => setFilter(state, { ...SHOW_ALL, search: textSearch('nowhere') }));
    // As a browser does of a list that has become shorter, and says.
    list.scrollTop = 0;
    fireEvent.scroll(list);
    show((state) => setFilter(state, SHOW_ALL));
    expect(list.scrollTop).toBe(20 * ROW_HEIGHT);
    expect(jump()).not.toBeNull();
  });

  it('keeps a reader in place while older lines are let go of, after another filter, too', () => {
    const { list, show } = readingList({ capacity: LINES });
    show((state) => setFilter(state, { ...SHOW_ALL, search: textSearch('line') }));
    show((state) => withLines(state, 5));
    expect(list.scrollTop).toBe(15 * ROW_HEIGHT);
    expect(screen.getByText('line 20')).toBeInTheDocument();
  });

  describe('of a line whose surroundings were looked at', () => {
    const found = { ...SHOW_ALL, search: textSearch('line 1') };
    const another = { ...SHOW_ALL, search: textSearch('line') };

    /** A list that follows its end, of which the surroundings of line 15 are shown and left again. */
    function listLeftBehind() {
      let state = setFilter(withLines(createLogs(), 10 * LINES), found);
      let anchor: { position: number } | null = null;
      const list = () => <LogList {...props} state={state} anchor={anchor} />;
      const view = render(list());
      const show = (change: { filter?: LogFilter; anchor?: { position: number } }) => {
        anchor = change.anchor ?? anchor;
        if (change.filter) state = setFilter(state, change.filter);
        view.rerender(list());
      };
      show({ anchor: { position: 15 } });
      show({ filter: SHOW_ALL });
      show({ anchor: { position: 15 } });
      return show;
    }

    it('goes there among the rows that the filter shows', () => {
      const show = listLeftBehind();
      show({ filter: found });
      expect(screen.getByText('line 15')).toBeInTheDocument();
      expect(jump()).not.toBeNull();
    });

    it('follows its end again through the filters that come after it', async () => {
      const show = listLeftBehind();
      show({ filter: found });
      await user.click(jump() as HTMLElement);
      show({ filter: another });
      expect(screen.getByText('line 999')).toBeInTheDocument();
      expect(jump()).toBeNull();
    });

    it('follows its end where that was asked for before the filter had found its rows', async () => {
      const show = listLeftBehind();
      await user.click(jump() as HTMLElement);
      show({ filter: found });
      expect(screen.getByText('line 199')).toBeInTheDocument();
      expect(jump()).toBeNull();
    });
  });
});
