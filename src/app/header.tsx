import {
  ActionIcon,
  Button,
  CloseButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSearch, IconSettings, IconSun } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { BackendStatus } from './backend-status.tsx';
import { ConnectionsHeld } from './connections-held.tsx';
import { failureWords } from './failure-words.ts';
import classes from './header.module.css';
import { nextIdle } from './next-idle.ts';

const loadSettings = async () => ({ default: (await import('./settings-drawer.tsx')).SettingsDrawer });
const loadPalette = async () => ({ default: (await import('./command-palette.tsx')).CommandPalette });
const SettingsDrawer = lazy(loadSettings);
const CommandPalette = lazy(loadPalette);

type Overlay = 'none' | 'settings' | 'palette';

export function Header() {
  const [overlay, setOverlay] = useState<Overlay>('none');
  usePaletteShortcut(() => setOverlay('palette'));
  useOverlaysReady();
  const close = () => setOverlay('none');
  return (
    <header className={classes.header}>
      <a className={classes.brand} href="/" aria-label="Streamscope, reload">
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span>Streamscope</span>
      </a>
      <BackendStatus onOpenSettings={() => setOverlay('settings')} />
      <div className={classes.tools}>
        <ConnectionsHeld />
        <Button
          className={classes.search}
          size="compact-sm"
          variant="default"
          leftSection={<IconSearch size={14} />}
          onClick={() => setOverlay('palette')}
        >
          Commands <kbd className={classes.key}>Ctrl K</kbd>
        </Button>
        <ThemeButton />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Settings"
          title="Settings"
          onClick={() => setOverlay('settings')}
        >
          <IconSettings size={18} />
        </ActionIcon>
      </div>
      <OverlayBoundary overlay={overlay} onClose={close}>
        {overlay === 'settings' && <SettingsDrawer onClose={close} />}
        {overlay === 'palette' && (
          <CommandPalette onClose={close} onOpenSettings={() => setOverlay('settings')} />
        )}
      </OverlayBoundary>
    </header>
  );
}

/** Fetches them before they are asked for: whoever opens the settings because the server is down needs them then. */
function useOverlaysReady(): void {
  useEffect(
    () =>
      nextIdle(() => {
        // One that can't be fetched now is asked for again, and said, when it is opened.
        void Promise.allSettled([loadSettings(), loadPalette()]);
      }),
    [],
  );
}

interface OverlayBoundaryProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** An overlay that can't be shown says so; the page under it goes on. */
function OverlayBoundary({ overlay, onClose, children }: OverlayBoundaryProps) {
  return (
    <ErrorBoundary
      resetKeys={[overlay]}
      fallbackRender={({ error }) => (
        <div className={classes.broken} role="alert">
          {failureWords(error)}
          <CloseButton size="sm" aria-label="Close" onClick={onClose} />
        </div>
      )}
    >
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={`Switch to ${other} theme`}
      title={`Switch to ${other} theme`}
      onClick={() => setColorScheme(other)}
    >
      {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function usePaletteShortcut(onOpen: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onOpen();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
