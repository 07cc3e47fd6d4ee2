const NUMBERED_ID = /^(.*?)(\d{1,15})$/s;

/**
 * How many events lie from one ID to another where both are numbers behind the same prefix (`run-17`, `run-20`: 3); null where
 * that can't be known. An ID is opaque by the standard: nothing but the word on what was lost may hang on this.
 */
export function eventDistance(from: string, to: string): number | null {
  const [, fromPrefix, fromNumber] = NUMBERED_ID.exec(from) ?? [];
  const [, toPrefix, toNumber] = NUMBERED_ID.exec(to) ?? [];
  if (fromPrefix === undefined || fromPrefix !== toPrefix) return null;
  return Number(toNumber) - Number(fromNumber);
}

export function isEarlierId(id: string | null, than: string | null): boolean {
  return id !== null && than !== null && (eventDistance(id, than) ?? 0) > 0;
}
