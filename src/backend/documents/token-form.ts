/** Stands in a page whose document is given to nobody without the token. No field has a name: a form can't send it. */
export const TOKEN_FORM = `<form id="token-form" style="font-family:system-ui,sans-serif;max-width:40em;margin:2em auto;padding:0 1em">
<h1>The Streamscope API</h1>
<p>This server wants a token: the one that it was started with as <code>API_TOKEN</code>. It is kept in the memory of this page
alone, and sent as <code>Authorization: Bearer …</code>.</p>
<label>Token <input type="password" autocomplete="off" required autofocus></label>
<button>Open</button>
<p role="alert"></p>
</form>`;

/** Opens a document, and with what token; `null` where none is wanted, and the document is to be fetched. */
type Open = (token: string | null, document: object | null) => void;

/**
 * Runs in the browser, handed over as text: everything that it needs is inside it.
 *
 * Opens the document at once in a page that has no form, else when a token was given that the server takes.
 */
export function openWithToken(page: Document, open: Open): void {
  const form = page.querySelector('#token-form');
  const input = form?.querySelector('input');
  const alert = form?.querySelector('[role=alert]');
  if (!form || !input || !alert) {
    open(null, null);
    return;
  }

  const attempt = async (token: string) => {
    const response = await fetch('/openapi.json', { headers: { Authorization: `Bearer ${token}` } });
    if (response.status === 401) throw new Error('This is not the token of this server.');
    if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
    const document = (await response.json()) as object;
    form.remove();
    open(token, document);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    alert.textContent = '';
    attempt(input.value.trim()).catch((error: unknown) => {
      alert.textContent = error instanceof Error ? error.message : String(error);
    });
  });
}
