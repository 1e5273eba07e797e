export type WireParams = Readonly<Record<string, unknown>>;

/** A form or JSON body, or a query; `close[price]` becomes `{ close: { price } }`. */
export function parseParams(text: string, contentType: string): WireParams {
  if (/json/i.test(contentType)) {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as WireParams) : {};
  }
  const params: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) params[name] = value;
    else params[outer] = { ...(params[outer] as object | undefined), [inner]: value };
  }
  return params;
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}
