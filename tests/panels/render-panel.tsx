import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import type { ComponentType } from 'react';
import type { BackendTarget } from '../../src/streams/types.ts';
import type { PanelView } from '../../src/ui/readings.ts';

const target: BackendTarget = { baseUrl: 'http://backend.test', token: null };
const view: PanelView = { expanded: false, onToggleExpanded: () => undefined };

/** A panel on a page of its own. */
export function renderPanel(Panel: ComponentType<{ target: BackendTarget; view: PanelView }>, name: string) {
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Panel target={target} view={view} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const panel = screen.getByRole('region', { name });
  return { panel, status: within(panel).getByRole('status', { name: 'Connection' }) };
}

/** The value that a wire view shows for one of its terms. */
export function wireTerm(panel: HTMLElement, term: string): string {
  const wire = within(panel).getByRole('group', { name: 'Wire' });
  const label = within(wire).getByText(term);
  return label.nextElementSibling?.textContent ?? '';
}
