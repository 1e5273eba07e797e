/** What went wrong, one word each. */
export type SchemaErrorCode =
  /** The text is not JSON (or not UTF-8). */
  | 'MALFORMED_JSON'
  /** JSON of a known kind whose shape is not the documented one. */
  | 'INVALID_MESSAGE'
  /** A value that cannot be written as JSON without losing something. */
  | 'UNWRITABLE_VALUE';

/** One reason why a value was refused, and where. */
export interface SchemaIssue {
  /** `data[0].bids[2].price`; empty for the whole value. */
  readonly path: string;
  /** `expected a decimal, received boolean`. */
  readonly reason: string;
}

export interface SchemaErrorContext {
  /** Characters before the one that could not be read. */
  readonly offset?: number | undefined;
  /** What the value was taken for: `book update`, `add_order request`. */
  readonly subject?: string | undefined;
  readonly issues?: readonly SchemaIssue[] | undefined;
}

/**
 * The one error of this package. Route on `code`; the message is for people.
 * It never contains the refused value: a request carries a token.
 */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly code: SchemaErrorCode;
  readonly context: SchemaErrorContext;

  constructor(
    code: SchemaErrorCode,
    message: string,
    context: SchemaErrorContext = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.context = Object.freeze(context);
  }
}

/** By name, not by `instanceof`: two copies of this package recognise each other's errors. */
export function isSchemaError(value: unknown, code?: SchemaErrorCode): value is SchemaError {
  return (
    value instanceof Error &&
    value.name === 'SchemaError' &&
    (code === undefined || (value as SchemaError).code === code)
  );
}
