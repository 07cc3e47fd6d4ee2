import { z } from 'zod';

/** A variable that is set to nothing is not set. */
const optional = (schema: z.ZodType<string>) =>
  z
    .preprocess((value) => (value === '' ? undefined : value), schema.optional())
    .transform((value) => value ?? null);

function isBackendUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return (url.protocol === 'http:' || url.protocol === 'https:') && plain;
}

function isOrigin(text: string): boolean {
  return text === '*' || (URL.canParse(text) && new URL(text).origin === text);
}

/** What may be said of a URL that is wrong: where it leads. Its user, password, query and fragment may be secrets. */
function placeOf(text: string): string {
  const afterUser = text.replace(/^(https?:[/\\]*)?.*@/is, '$1');
  return afterUser.replace(/[?#].*$/s, '');
}

/** How a value that is wrong is quoted. A token that is wrong is still a secret. */
const QUOTED: Readonly<Record<string, (value: string) => string | null>> = {
  API_TOKEN: () => null,
  BACKEND_URL: placeOf,
  CORS_ORIGIN: placeOf,
};

function quote(name: string, value: string): string {
  const quoted = (QUOTED[name] ?? String)(value);
  return quoted === null ? '' : ` (it is "${quoted}")`;
}

const settingsSchema = z.object({
  HOST: optional(z.string()).transform((host) => host ?? '127.0.0.1'),
  PORT: optional(z.string().regex(/^\d{1,5}$/, { error: 'must be a port number from 0 to 65535' }))
    .transform((port) => Number(port ?? 8_000))
    .refine((port) => port <= 65_535, { error: 'must be a port number from 0 to 65535' }),
  BACKEND_URL: optional(
    z.string().refine(isBackendUrl, {
      error: 'must be an http or https URL with no user, query or fragment, such as http://127.0.0.1:9000',
    }),
  ),
  DATA_DIR: optional(z.string()).transform((directory) => directory ?? '.data'),
  LOG_FILE: optional(z.string()),
  API_TOKEN: optional(z.string().regex(/^\S+$/, { error: 'must be one word' })),
  CORS_ORIGIN: optional(z.string())
    .transform((list) => (list ?? '').split(',').map((origin) => origin.trim().replace(/\/$/, '')))
    .transform((origins) => origins.filter((origin) => origin !== ''))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be origins joined by commas, such as http://localhost:3000, or *',
    }),
});

/** What the environment sets, checked and with defaults. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly backendUrl: string | null;
  readonly dataDir: string;
  readonly logFile: string | null;
  readonly apiToken: string | null;
  readonly corsOrigins: readonly string[];
}

/** Says which variables are wrong and why, in lines for a terminal. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const result = settingsSchema.safeParse(environment);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} ${issue.message}${quote(name, environment[name] ?? '')}`;
    });
    throw new SettingsError(lines.join('\n'));
  }
  const { data } = result;
  return {
    host: data.HOST,
    port: data.PORT,
    backendUrl: data.BACKEND_URL,
    dataDir: data.DATA_DIR,
    logFile: data.LOG_FILE,
    apiToken: data.API_TOKEN,
    corsOrigins: data.CORS_ORIGIN,
  };
}
