import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';

const ENTRY = fileURLToPath(new URL('./weather-page.ts', import.meta.url));

let bundled: Promise<string> | null = null;

/** The stream layer as a script, built once a worker. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry: ENTRY, formats: ['iife'], name: 'weatherPage' } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('the bundler gave no output');
  return output.output[0].code;
}

/** Opens a document of this origin that does nothing by itself, and puts the stream layer into it. */
export async function openWeatherPage(page: Page, origin: string): Promise<void> {
  bundled ??= bundle();
  await page.goto(`${origin}/health`);
  await page.addScriptTag({ content: await bundled });
}
