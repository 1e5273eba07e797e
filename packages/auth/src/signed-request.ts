const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

export interface SignedRequestFields {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string | undefined;
  readonly body?: string | undefined;
  readonly nonce?: bigint | undefined;
}

/**
 * What to send, exactly as it stands: a body that is serialised again no longer fits its signature.
 * Printed, it shows its method and path only: the rest has the signature and perhaps a password.
 */
export class SignedRequest {
  readonly #fields: SignedRequestFields;

  constructor(fields: SignedRequestFields) {
    this.#fields = fields;
  }

  get method(): SignedRequestFields['method'] {
    return this.#fields.method;
  }

  /** As requested, without the query. */
  get path(): string {
    return this.#fields.path;
  }

  /** Path and query: what follows the host. */
  get target(): string {
    const { path, query = '' } = this.#fields;
    return query === '' ? path : `${path}?${query}`;
  }

  /** The key, the signature, and the body's content type. */
  get headers(): Readonly<Record<string, string>> {
    return this.#fields.headers;
  }

  get body(): string | undefined {
    return this.#fields.body;
  }

  /** `undefined`: none was signed (Futures can do without). */
  get nonce(): bigint | undefined {
    return this.#fields.nonce;
  }

  toString(): string {
    return `${this.method} ${this.path} [signed]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect](): string {
    return `SignedRequest ${this.toString()}`;
  }
}
