const REDACTED = '[redacted]';
/** How Node's `util.inspect`, and with it `console.log`, asks an object for its text. */
const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/**
 * A text that never prints. `String()`, templates, `JSON.stringify`, `console.log` and
 * `util.inspect` show `[redacted]`; `structuredClone` and `postMessage` carry an empty object, as
 * private fields are not cloned. Only {@link Secret.expose} gives the text out.
 *
 * It guards against accidents, not against code that runs in the same process, a debugger or a heap
 * snapshot: the engine keeps the text in memory as long as it likes.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. Use it where it is needed, and store it nowhere. */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect](): string {
    return `Secret ${REDACTED}`;
  }
}

/** By its method, not by `instanceof`: two copies of this package take each other's secrets. */
export function isSecret(value: unknown): value is Secret {
  return typeof (value as Partial<Secret> | null | undefined)?.expose === 'function';
}
