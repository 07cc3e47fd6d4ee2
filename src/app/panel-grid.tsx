import { useCallback, useMemo, useState } from 'react';
import { FAULT_MENU } from '../contract/fault-menu.ts';
import { faultError } from '../contract/faults.ts';
import { LatePanel } from './late-panel.tsx';
import { useLayout } from './layout-store.ts';
import { PanelBoundary } from './panel-boundary.tsx';
import classes from './panel-grid.module.css';
import { type PanelEntry, panels } from './panels.ts';
import { backendTarget, useSettings } from './settings-store.ts';

export function PanelGrid() {
  return (
    <main className={classes.grid}>
      <h1 className={classes.heading}>Streamscope</h1>
      {panels.map((entry) => (
        <PanelCell key={entry.id} entry={entry} />
      ))}
    </main>
  );
}

function PanelCell({ entry: { id, title, code } }: { entry: PanelEntry }) {
  const backendUrl = useSettings((settings) => settings.backendUrl);
  const token = useSettings((settings) => settings.token);
  const expanded = useLayout((layout) => layout.expandedId === id);
  const toggleExpanded = useLayout((layout) => layout.toggleExpanded);
  const onToggleExpanded = useCallback(() => toggleExpanded(id), [toggleExpanded, id]);
  const [fault, setFault] = useState('');
  const target = useMemo(
    () => ({ ...backendTarget({ backendUrl, token }), fault }),
    [backendUrl, token, fault],
  );
  const view = useMemo(
    () => ({
      expanded,
      onToggleExpanded,
      faults: { options: FAULT_MENU, check: faultError, value: fault, onChange: setFault },
    }),
    [expanded, onToggleExpanded, fault],
  );
  return (
    <div className={classes.cell} data-panel={id}>
      <PanelBoundary title={title}>
        <LatePanel code={code} target={target} view={view} />
      </PanelBoundary>
    </div>
  );
}
