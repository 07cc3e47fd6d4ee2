import { type ReactNode, useId, useRef, useState } from 'react';
import classes from './flyout.module.css';

interface FlyoutProps {
  /** What the button is called, for those who don't see it. */
  readonly label: string;
  readonly title: string;
  readonly buttonClassName?: string | undefined;
  /** What stands on the button. */
  readonly face: ReactNode;
  readonly width: number;
  /** What the flyout holds; made when it opens, so that it begins from what is true then. */
  readonly children: (close: () => void) => ReactNode;
}

const EDGE = 8;

/**
 * A button and what it opens, on the platform's own popover: in the top layer, closed by Escape and by a click
 * elsewhere, the focus given back.
 */
export function Flyout({ label, title, buttonClassName, face, width, children }: FlyoutProps) {
  const id = useId();
  const flyout = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ top: number; left: number } | null>(null);
  const close = () => flyout.current?.hidePopover();
  return (
    <>
      <button
        type="button"
        className={buttonClassName}
        aria-label={label}
        aria-haspopup="dialog"
        title={title}
        popoverTarget={id}
        onClick={(event) => setPlace(placeBelow(event.currentTarget.getBoundingClientRect(), width))}
      >
        {face}
      </button>
      <div
        ref={flyout}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={title}
        className={classes.flyout}
        style={{ width, ...place }}
        onToggle={(event) => {
          if (event.newState === 'closed') setPlace(null);
        }}
      >
        {place !== null && children(close)}
      </div>
    </>
  );
}

/** Under the button, its right edge along the button's, and within the window. */
function placeBelow(button: DOMRect, width: number): { top: number; left: number } {
  const left = Math.min(Math.max(EDGE, button.right - width), window.innerWidth - width - EDGE);
  return { top: Math.min(button.bottom + EDGE / 2, window.innerHeight * 0.55), left: Math.max(EDGE, left) };
}
