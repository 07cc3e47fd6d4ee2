/** Functions as a script of their own. A transpiler that keeps names wraps functions in `__name`. */
export const browserScript = (source: string): string => `const __name = (value) => value;\n${source}`;
