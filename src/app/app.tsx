import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './mantine-parts.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { pacedFrames } from '../store/paced-frames.ts';
import { paceTicks } from '../ui/shared-clock.ts';
import { Header } from './header.tsx';
import { PanelGrid } from './panel-grid.tsx';
import { theme } from './theme.ts';

const queryClient = new QueryClient({
  defaultOptions: { queries: { refetchOnWindowFocus: false, retry: false } },
});

paceTicks(pacedFrames);

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Header />
        <PanelGrid />
      </QueryClientProvider>
    </MantineProvider>
  );
}
