// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExportsPanel } from '../../src/panels/exports/exports-panel.tsx';
import { useExportSettings } from '../../src/panels/exports/exports-settings.ts';
import { type ControlledBody, createControlledBody } from '../streams/doubles/controlled-body.ts';
import { renderPanel } from './render-panel.tsx';

const initialSettings = useExportSettings.getState();
const user = userEvent.setup();
let body: ControlledBody;
let asked: string[];

beforeEach(() => {
  useExportSettings.setState({ ...initialSettings, format: 'ndjson', rows: '3' }, true);
  body = createControlledBody();
  asked = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return new Response(body.stream, { headers: { 'content-type': 'application/jsonl' } });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function startExport() {
  const rendered = renderPanel(ExportsPanel, 'Data export');
  await user.click(within(rendered.panel).getByRole('button', { name: 'Start' }));
  await waitFor(() => expect(rendered.status).toHaveTextContent('Live'));
  return rendered;
}

const cells = () => screen.getAllByRole('cell').map((cell) => cell.textContent);

describe('Data export', () => {
  it('waits to be started, and then shows rows as they come, newest first', async () => {
    const { status } = await startExport();
    expect(asked).toEqual(['http://backend.test/export/data/jsonl?rows=3&rate=0']);
    body.write('{"id":1,"name":"Ann"}\n{"id":2,"na');
    await waitFor(() => expect(cells()).toEqual(['1', '1', 'Ann']));
    body.write('me":"Bo"}\n');
    await waitFor(() => expect(cells()).toEqual(['2', '2', 'Bo', '1', '1', 'Ann']));
    body.write('{"id":3,"name":"Cy"}\n');
    body.close();
    await waitFor(() => expect(status).toHaveTextContent('Ended'));
    expect(screen.getByRole('progressbar', { name: 'Export' })).toHaveAttribute('aria-valuenow', '100');
  });

  it('says when the stream ended before the last row', async () => {
    await startExport();
    body.write('{"id":1}\n');
    body.close();
    expect(await screen.findByText('The stream ended after 1 of 3 rows.')).toBeVisible();
  });

  it('says when the stream breaks, and keeps the rows that came', async () => {
    const { status } = await startExport();
    body.write('{"id":1}\n');
    await waitFor(() => expect(cells()).toEqual(['1', '1']));
    body.break(new TypeError('cut'));
    await waitFor(() => expect(status).toHaveTextContent('Failed'));
    expect(cells()).toEqual(['1', '1']);
    expect(screen.getByRole('button', { name: 'Retry' })).toBeVisible();
  });

  it('stops reading while paused, so that the server waits', async () => {
    const { panel, status } = await startExport();
    body.write('{"id":1}\n');
    await waitFor(() => expect(cells()).toEqual(['1', '1']));
    await user.click(within(panel).getByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(status).toHaveTextContent('Paused'));
    body.write('{"id":2}\n');
    const readWhilePaused = body.readCount;
    body.write('{"id":3}\n');
    await user.click(within(panel).getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(cells().slice(0, 2)).toEqual(['3', '3']));
    expect(body.readCount).toBeGreaterThan(readWhilePaused);
  });

  it('lets go of the body when stopped', async () => {
    const { panel, status } = await startExport();
    await user.click(within(panel).getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(body.cancelled).toBe(true));
    expect(status).toHaveTextContent('Ended');
  });

  it('sends no number out of bounds, and says what is wrong with it', async () => {
    const { panel } = renderPanel(ExportsPanel, 'Data export');
    const field = within(panel).getByRole('textbox', { name: 'Rows' });
    await user.clear(field);
    await user.type(field, '0');
    expect(within(panel).getByText('must be at least 1')).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'Start' }));
    expect(asked).toEqual([]);
  });
});
