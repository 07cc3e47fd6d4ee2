import {
  Button,
  Drawer,
  PasswordInput,
  SegmentedControl,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Notice } from '../ui/notice.tsx';
import { fetchHealth } from './health-queries.ts';
import classes from './settings-drawer.module.css';
import { backendTarget, readBackendUrl, useSettings } from './settings-store.ts';

export function SettingsDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={400}>
      <Drawer.Overlay />
      <Drawer.Content className={classes.content ?? ''}>
        {/* `Drawer.Header` is a header element: a second banner beside the page's own. */}
        <div className={classes.top}>
          <Drawer.Title>Settings</Drawer.Title>
          <Drawer.CloseButton aria-label="Close settings" />
        </div>
        <Drawer.Body>
          <BackendForm onSaved={onClose} />
          <Appearance />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function BackendForm({ onSaved }: { onSaved: () => void }) {
  const settings = useSettings();
  const [urlText, setUrlText] = useState(settings.backendUrl ?? '');
  const [token, setToken] = useState(settings.token ?? '');
  const read = readBackendUrl(urlText);
  const error = 'error' in read ? read.error : null;
  const url = 'error' in read ? null : read.url;
  const check = useMutation({
    mutationFn: () =>
      fetchHealth(backendTarget({ backendUrl: url, token: token || null }), AbortSignal.timeout(5_000)),
  });

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (error !== null) return;
    settings.setBackend(url, token === '' ? null : token);
    onSaved();
  };

  return (
    <form className={classes.form} onSubmit={save}>
      <h3 className={classes.heading}>Backend</h3>
      <TextInput
        label="Backend URL"
        description="Blank is the server that serves this page. Another one is called directly and must allow this origin (CORS)."
        placeholder="http://localhost:8000"
        inputMode="url"
        value={urlText}
        error={error}
        onChange={(event) => setUrlText(event.currentTarget.value)}
      />
      <PasswordInput
        label="Bearer token"
        description="Kept in this tab's memory only. Feeds that need it use a transport that can send it."
        autoComplete="off"
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      {check.isSuccess && <Notice tone="calm" title={`It answers: ${check.data.status}`} />}
      {check.isError && (
        <Notice tone="failed" title="Not usable as it is">
          {check.error.message}
        </Notice>
      )}
      <div className={classes.buttons}>
        <Button type="submit" disabled={error !== null}>
          Save
        </Button>
        <Button
          variant="default"
          disabled={error !== null}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          Test connection
        </Button>
      </div>
    </form>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <section className={classes.form}>
      <h3 className={classes.heading}>Theme</h3>
      <SegmentedControl
        aria-label="Theme"
        value={colorScheme}
        onChange={(value) => setColorScheme(value === 'dark' || value === 'light' ? value : 'auto')}
        data={[
          { value: 'auto', label: 'System' },
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
        ]}
      />
    </section>
  );
}
