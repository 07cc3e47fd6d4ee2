/** Brings what the end-to-end tests need beside npm's packages: a Chromium, and a Python with FastAPI. */
import { ensureChromium } from './chromium.ts';
import { ensurePython } from './python.ts';
import { MissingRequirement } from './requirement.ts';
import { endChildrenOnSignals } from './run-command.ts';

endChildrenOnSignals();
try {
  process.stdout.write(`Chromium: ${await ensureChromium()}\n`);
  process.stdout.write(`Python with FastAPI: ${await ensurePython()}\n`);
} catch (error) {
  if (!(error instanceof MissingRequirement)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
