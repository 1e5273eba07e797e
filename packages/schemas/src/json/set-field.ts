/** Gives an object a field of any name. */
export function setField(fields: Record<string, unknown>, key: string, value: unknown): void {
  // Plain assignment would set the prototype instead of a key.
  if (key === '__proto__') {
    Object.defineProperty(fields, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    fields[key] = value;
  }
}
