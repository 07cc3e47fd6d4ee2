// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DownloadsPanel } from '../../src/panels/downloads/downloads-panel.tsx';
import { useDownloadSettings } from '../../src/panels/downloads/downloads-settings.ts';
import { type ControlledBody, createControlledBody } from '../streams/doubles/controlled-body.ts';
import { renderPanel, wireTerm } from './render-panel.tsx';

const initialSettings = useDownloadSettings.getState();
const user = userEvent.setup();
let body: ControlledBody;
let headers: Record<string, string>;

beforeEach(() => {
  useDownloadSettings.setState({ ...initialSettings, choiceId: 'file-1000000' }, true);
  body = createControlledBody();
  headers = { 'content-type': 'application/octet-stream', 'content-length': '1000' };
  vi.stubGlobal('fetch', async () => new Response(body.stream, { headers }));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function startDownload() {
  const rendered = renderPanel(DownloadsPanel, 'File download');
  await user.click(within(rendered.panel).getByRole('button', { name: 'Download' }));
  await waitFor(() => expect(rendered.status).toHaveTextContent('Live'));
  return rendered;
}

const progress = () => screen.getByRole('progressbar', { name: 'Download' });

describe('File download', () => {
  it('shows how much of the whole has come, and offers the whole to be saved', async () => {
    const { panel, status } = await startDownload();
    body.write(new Uint8Array(250));
    await waitFor(() => expect(progress()).toHaveAttribute('aria-valuenow', '25'));
    expect(panel).toHaveTextContent('250 B of 1.00 kB');
    await waitFor(() => expect(wireTerm(panel, 'Bytes')).toBe('250 B'));
    body.write(new Uint8Array(750));
    body.close();
    await waitFor(() => expect(status).toHaveTextContent('Ended'));
    expect(within(panel).getByRole('button', { name: 'Save' })).toBeVisible();
  });

  it('shows a bar without a value where the length is not said', async () => {
    headers = { 'content-type': 'text/plain' };
    const { panel } = await startDownload();
    body.write(new Uint8Array(10));
    await waitFor(() => expect(panel).toHaveTextContent('10 B of a length that is not said'));
    expect(progress()).not.toHaveAttribute('aria-valuenow');
  });

  it('says how much less came than was asked for where the length is not said', async () => {
    headers = { 'content-type': 'text/plain' };
    const { panel, status } = await startDownload();
    body.write(new Uint8Array(400_000));
    body.close();
    await waitFor(() => expect(status).toHaveTextContent('Ended'));
    expect(panel).toHaveTextContent('600 kB less than was asked for');
    expect(panel).toHaveTextContent('Ended after');
    expect(progress()).toHaveAttribute('aria-valuenow', '40');
  });

  it('is cancelled for good, and says so', async () => {
    const { panel, status } = await startDownload();
    body.write(new Uint8Array(10));
    await user.click(within(panel).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(body.cancelled).toBe(true));
    expect(status).toHaveTextContent('Ended');
    expect(panel).toHaveTextContent('Cancelled');
    expect(within(panel).queryByRole('button', { name: 'Save' })).toBeNull();
  });

  it('says when the file is cut off in the middle, and lets it be tried again', async () => {
    const { panel, status } = await startDownload();
    body.write(new Uint8Array(10));
    await waitFor(() => expect(panel).toHaveTextContent('10 B of 1.00 kB'));
    body.break(new TypeError('cut'));
    await waitFor(() => expect(status).toHaveTextContent('Failed'));
    expect(panel).toHaveTextContent('Cut off');
    expect(within(panel).getByRole('button', { name: 'Retry' })).toBeVisible();
  });
});
