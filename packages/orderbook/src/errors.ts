/** What each code means, and what its `context` carries. */
export interface OrderBookErrorContexts {
  /** A frame that is not JSON, or claims to be a book frame and is not shaped like one. */
  readonly MALFORMED_FRAME: { readonly field?: string };
  /** A level handed in with a price or a quantity that is no decimal, or out of range. */
  readonly INVALID_LEVEL: { readonly value: string };
  /** A snapshot whose levels do not have its checksum. */
  readonly INVALID_SNAPSHOT: { readonly expected: number };
  /** A text that is not a decimal, or an operation without an exact result. */
  readonly INVALID_DECIMAL: { readonly value: string };
  /** A constructor's or a method's argument out of its range. */
  readonly INVALID_OPTION: { readonly option: string; readonly value: unknown };
}

export type OrderBookErrorCode = keyof OrderBookErrorContexts;

/** Every error this package throws. Tell one from another by `code`, never by the message. */
export class OrderBookError<TCode extends OrderBookErrorCode = OrderBookErrorCode> extends Error {
  override readonly name = 'OrderBookError';
  readonly code: TCode;
  readonly context: OrderBookErrorContexts[TCode];

  constructor(
    code: TCode,
    message: string,
    context: OrderBookErrorContexts[TCode],
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.context = context;
  }
}

/** Goes by name, so that an error of another copy of the package is recognised too. */
export function isOrderBookError<TCode extends OrderBookErrorCode = OrderBookErrorCode>(
  error: unknown,
  code?: TCode,
): error is OrderBookError<TCode> {
  return (
    error instanceof Error &&
    error.name === 'OrderBookError' &&
    (code === undefined || (error as OrderBookError).code === code)
  );
}
