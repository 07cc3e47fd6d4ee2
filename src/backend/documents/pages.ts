import { browserScript } from './browser-script.ts';
import { openWithToken, TOKEN_FORM } from './token-form.ts';

/** A page of this server's own files alone. Both viewers style their elements inline. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function page(title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
${head}
</head>
<body style="margin:0">
${body}
</body>
</html>
`;
}

/** Both pages open without a token; where one is set they ask for it before they fetch the document. */
export function swaggerPage({ wantsToken }: { wantsToken: boolean }): string {
  return page(
    'Streamscope API: try it out',
    '<link rel="stylesheet" href="/docs/swagger-ui.css">',
    `${wantsToken ? TOKEN_FORM : ''}
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/page.js"></script>`,
  );
}

export function redocPage({ wantsToken }: { wantsToken: boolean }): string {
  return page(
    'Streamscope API: reference',
    '',
    `${wantsToken ? TOKEN_FORM : ''}
<div id="redoc"></div>
<script src="/redoc/redoc.standalone.js"></script>
<script src="/redoc/page.js"></script>`,
  );
}

/** Redoc in the system's own typeface: its default is fetched from elsewhere. */
export const REDOC_SCRIPT = browserScript(`(${openWithToken})(document, (token, description) => {
  Redoc.init(description ?? '/openapi.json', {
    theme: { typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' } } },
  }, document.getElementById('redoc'));
});
`);
