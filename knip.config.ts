import type { KnipConfig } from 'knip';

/** `knip --production` looks at what is shipped: what only the tests use is dead there. */
const production = process.argv.includes('--production');

/** The documents' pages: the backend serves the packages' own files, found by their paths. */
const SERVED_AS_FILES = ['redoc', 'swagger-ui-dist'];

const config: KnipConfig = {
  entry: [
    // The backend's hosts: vite.config.ts builds the one and loads the other.
    'src/backend/hosts/{node-server,vite-plugin}.ts!',
    // Draws the pictures that are committed beside it; what is shipped only reads them.
    'src/backend/pictures/render.ts',
    'tests/tools/ensure.ts',
    'tests/e2e/**/*.spec.ts',
    // Run in processes and pages of their own.
    'tests/bench/processes/{bare-*,unbounded-ticker}.ts',
    'tests/bench/page/main.ts',
    'playwright.config.ts',
  ],
  project: ['src/**/*.{js,ts,tsx}!', '!src/backend/pictures/*.ts!', 'tests/**/*.{ts,tsx}', '*.{ts,js,cjs}'],
  // A type that stands in an exported signature is exported with it; a value used in its file is not dead for being
  // exported to a test alone.
  ignoreExportsUsedInFile: production ? true : { interface: true, type: true },
  ignoreDependencies: production
    ? // Of vite.config.ts, by which `npm start` builds: configuration does not count as shipped.
      ['@vitejs/plugin-react', ...SERVED_AS_FILES]
    : // Run by tests/check.ts, by its path.
      ['dependency-cruiser', ...SERVED_AS_FILES],
  // Loading playwright.config.ts looks for a Chromium and for free ports.
  playwright: false,
};

export default config;
