/**
 * Whether `Accept` names the media type itself with a quality above 0 (RFC 9110, section 12.5.1). Wildcards don't
 * count: they say that anything will do, and then the caller's default does.
 */
export function accepts(header: string | null | undefined, mediaType: string): boolean {
  return quality(header, mediaType) > 0;
}

/** The quality at which `Accept` names the media type itself, from 0 to 1. */
export function quality(header: string | null | undefined, mediaType: string): number {
  for (const range of (header ?? '').split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name !== mediaType) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return weight === undefined ? 1 : Number(weight.slice(2)) || 0;
  }
  return 0;
}
