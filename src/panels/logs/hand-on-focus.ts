/** What is used of a button's event. */
export interface Press {
  readonly currentTarget: Element;
}

/**
 * For a button that goes with what it does: whoever pressed it by keyboard goes on from another place, not from the top of the
 * page. A finger is left alone, for which a search field would open its keyboard.
 */
export function handOnFocus({ currentTarget }: Press, to: HTMLElement | null): void {
  if (currentTarget.matches(':focus-visible')) to?.focus();
}
