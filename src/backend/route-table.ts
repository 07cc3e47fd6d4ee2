/** Which methods each path answers: the source of `Allow`. */
export class RouteTable {
  readonly #routes: { pattern: RegExp; path: string; method: string }[] = [];

  /** `path` in OpenAPI's form, `{name}` for a path parameter. */
  add(method: string, path: string): void {
    const source = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^/}]+\}/g, '[^/]+');
    this.#routes.push({ pattern: new RegExp(`^${source}$`), path, method: method.toUpperCase() });
  }

  /** The methods of `path`, for `Allow` (RFC 9110, section 10.2.1); empty where the path is unknown. */
  allowed(path: string): string[] {
    const methods = this.#routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (methods.length === 0) return [];
    const implied = methods.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS'];
    return [...new Set([...methods, ...implied])];
  }
}
