import { createTheme } from '@mantine/core';

/** Mantine's tokens on top of ours (`ui/tokens.css`): dense, calm, one accent. */
export const theme = createTheme({
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  colors: {
    dark: [
      '#e7ecf4',
      '#aab6c9',
      '#8593aa',
      '#5d6b84',
      '#2c3648',
      '#212937',
      '#151b26',
      '#10141c',
      '#0b0f16',
      '#070a0f',
    ],
  },
  primaryColor: 'blue',
  // White on a lighter shade of the dark theme would have a contrast of 3.
  primaryShade: 8,
  defaultRadius: 6,
  cursorType: 'pointer',
  autoContrast: true,
  fontSizes: { xs: '11.5px', sm: '12.5px', md: '13px', lg: '15px', xl: '18px' },
});
