/** Whatever a structured line carries beside its time, level, service and message. */
export type LogFields = Readonly<Record<string, unknown>>;

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}

/** The fields in one line, `key=value`, as a row shows them and a search finds them. */
export function fieldsText(fields: LogFields): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${valueText(value)}`)
    .join(' ');
}
