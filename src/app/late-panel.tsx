import { type ComponentType, useEffect, useState } from 'react';
import { useErrorBoundary } from 'react-error-boundary';
import type { BackendTarget } from '../streams/types.ts';
import type { PanelView } from '../ui/readings.ts';
import classes from './panel-grid.module.css';

/** What every panel gets from the page. */
interface PanelProps {
  readonly target: BackendTarget;
  readonly view: PanelView;
}

export type Panel = ComponentType<PanelProps>;

/** The code of a panel, which comes when somebody asks for it first. */
export class PanelCode {
  readonly #fetch: () => Promise<Panel>;
  #panel: Panel | null = null;

  constructor(fetch: () => Promise<Panel>) {
    this.#fetch = fetch;
  }

  /** Null as long as it is not there. */
  get panel(): Panel | null {
    return this.#panel;
  }

  /** @throws what the browser says of a part that it can't get. */
  async load(): Promise<Panel> {
    this.#panel ??= await this.#fetch();
    return this.#panel;
  }
}

/**
 * A panel as soon as its code is there; its place is kept until then. React's `lazy` would hold back what is there for up to
 * 0.3 s after any placeholder was drawn, and draw all that has come by then in one long task.
 */
export function LatePanel({ code, ...props }: PanelProps & { readonly code: PanelCode }) {
  const [LoadedPanel, setLoadedPanel] = useState(() => code.panel);
  const { showBoundary } = useErrorBoundary();
  const missing = LoadedPanel === null;
  useEffect(() => {
    if (!missing) return;
    let left = false;
    code.load().then(
      (panel) => {
        if (!left) setLoadedPanel(() => panel);
      },
      (error: unknown) => {
        if (!left) showBoundary(error);
      },
    );
    return () => {
      left = true;
    };
  }, [code, missing, showBoundary]);
  return LoadedPanel === null ? <div className={classes.placeholder} /> : <LoadedPanel {...props} />;
}
