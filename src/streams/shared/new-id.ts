/** An ID that nobody else has. `crypto.randomUUID` is missing where a page is not a secure context. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
