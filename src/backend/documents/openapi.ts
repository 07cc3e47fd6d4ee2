import type { BackendContext } from '../context.ts';

const TAGS = [
  { name: 'ticker', description: 'Live prices.' },
  { name: 'logs', description: 'Live log lines.' },
  { name: 'chat', description: 'Replies, token by token.' },
  { name: 'tasks', description: 'The progress of long work.' },
  { name: 'downloads', description: 'Files, large texts and pictures.' },
  { name: 'exports', description: 'Rows of a database, by cursor.' },
  { name: 'comparison', description: 'The same rows, held back and streamed.' },
  { name: 'samples', description: 'One small stream of each kind.' },
  { name: 'health', description: 'Is it up.' },
];

const DESCRIPTION = `The streams of this server. *Try it out* shows a body while it arrives; *Stop* ends it.

Every stream is made as it is read, sent uncompressed, and stops when its reader leaves. Event streams send a heartbeat
comment every 8 seconds. Live feeds resume after \`Last-Event-ID\`.

With \`fault=\` a stream misbehaves on purpose, the same way each time, so that a client can be tested against it:
\`drop@20\` cuts the connection after 20 events, \`buffer\` is a proxy that holds everything back. Several are joined by commas.`;

/** The name of the token's security scheme. */
export const TOKEN_SCHEME = 'bearerToken';

interface Parameter {
  in?: string;
  required?: boolean;
  schema?: { type?: unknown };
}

/** OpenAPI 3.1, made from what the families registered, and so from the contract's schemas. */
export function openApiDocument({ app, options }: BackendContext): object {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Streamscope', version: options.version, description: DESCRIPTION },
    servers: [{ url: '/', description: 'This server' }],
    tags: TAGS,
  });
  for (const item of Object.values(document.paths ?? {})) {
    for (const parameter of (item.get?.parameters ?? []) as Parameter[]) correct(parameter);
  }
  if (options.apiToken === null) return document;
  document.components = {
    ...document.components,
    securitySchemes: { [TOKEN_SCHEME]: { type: 'http', scheme: 'bearer' } },
  };
  return { ...document, security: [{ [TOKEN_SCHEME]: [] }] };
}

/** What the generator takes from a coercing schema that is not so on the wire: text is never null, a path has all its parts. */
function correct(parameter: Parameter): void {
  if (parameter.in === 'path') parameter.required = true;
  const type = parameter.schema?.type;
  if (parameter.schema !== undefined && Array.isArray(type)) {
    const [only, ...others] = type.filter((name) => name !== 'null');
    if (others.length === 0) parameter.schema.type = only;
  }
}
