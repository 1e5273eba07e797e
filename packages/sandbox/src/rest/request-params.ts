export type WireParams = Readonly<Record<string, unknown>>;

/** A form or JSON body, or a query; `close[price]` becomes `{ close: { price } }`, `a=1&a=2` a list. */
export function parseParams(text: string, contentType: string): WireParams {
  if (/json/i.test(contentType)) {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as WireParams) : {};
  }
  const params: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) {
      const before = params[name];
      params[name] = before === undefined ? value : [before, value].flat();
    } else params[outer] = { ...(params[outer] as object | undefined), [inner]: value };
  }
  return params;
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** The texts of a parameter that may be given several times. */
export function textsOf(value: unknown): string[] {
  return [value].flat().flatMap((item) => textOf(item) ?? []);
}
