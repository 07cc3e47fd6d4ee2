import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSearch, IconSettings, IconSun } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { BackendStatus } from './backend-status.tsx';
import { ConnectionsHeld } from './connections-held.tsx';
import classes from './header.module.css';

const SettingsDrawer = lazy(async () => ({
  default: (await import('./settings-drawer.tsx')).SettingsDrawer,
}));
const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));

type Overlay = 'none' | 'settings' | 'palette';

export function Header() {
  const [overlay, setOverlay] = useState<Overlay>('none');
  usePaletteShortcut(() => setOverlay('palette'));
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
      <Suspense fallback={null}>
        {overlay === 'settings' && <SettingsDrawer onClose={close} />}
        {overlay === 'palette' && (
          <CommandPalette onClose={close} onOpenSettings={() => setOverlay('settings')} />
        )}
      </Suspense>
    </header>
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
