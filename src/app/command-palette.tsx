import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightFilterFunction,
  spotlight,
} from '@mantine/spotlight';
import { useEffect } from 'react';
import { useLayout } from './layout-store.ts';
import { panels } from './panels.ts';

interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onOpenSettings: () => void;
}

/** Words in any order: `logs full` finds `Full view of Live logs`. */
const withAllWords: SpotlightFilterFunction = (query, actions) => {
  const words = query.toLowerCase().split(/\s+/);
  return actions.filter((action) => {
    const label = 'label' in action ? (action.label ?? '').toLowerCase() : '';
    return words.every((word) => label.includes(word));
  });
};

/** Every command of the page by its name. Mounted when first asked for. */
export function CommandPalette({ onClose, onOpenSettings }: CommandPaletteProps) {
  const toggleExpanded = useLayout((layout) => layout.toggleExpanded);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => spotlight.open(), []);
  const actions: SpotlightActionData[] = [
    ...panels.map(({ id, title }) => ({
      id: `go-${id}`,
      label: `Go to ${title}`,
      onClick: () => document.querySelector(`[data-panel="${id}"]`)?.scrollIntoView({ block: 'center' }),
    })),
    ...panels.map(({ id, title }) => ({
      id: `expand-${id}`,
      label: `Full view of ${title}`,
      onClick: () => toggleExpanded(id),
    })),
    { id: 'settings', label: 'Settings: backend, token, theme', onClick: onOpenSettings },
    { id: 'dark', label: 'Dark theme', onClick: () => setColorScheme('dark') },
    { id: 'light', label: 'Light theme', onClick: () => setColorScheme('light') },
    {
      id: 'docs',
      label: 'API documentation (Swagger UI)',
      onClick: () => window.open('/docs', '_blank', 'noopener'),
    },
    {
      id: 'redoc',
      label: 'API reference (Redoc)',
      onClick: () => window.open('/redoc', '_blank', 'noopener'),
    },
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      filter={withAllWords}
      onSpotlightClose={onClose}
      nothingFound="No such command"
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: 'What to do', 'aria-label': 'Search commands' }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': 'Commands found', role: 'region' } }}
      attributes={{ content: { 'aria-label': 'Commands' } }}
    />
  );
}
