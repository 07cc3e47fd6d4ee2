let count = 0;

/** An ID that this browser has not given before. `crypto.randomUUID` is missing where the page came over plain HTTP. */
export function newId(nowMs: () => number = Date.now): string {
  count += 1;
  return `${nowMs().toString(36)}-${count.toString(36)}`;
}
