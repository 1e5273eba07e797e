import type { ErrorCategory, KrakenError } from '@kr/schemas';

/** What each code carries beside what all carry. */
export interface RestErrorContext {
  /** An option of a client, a governor or a switch cannot be used. */
  readonly INVALID_OPTION: { readonly option: string };
  /** Parameters that the endpoint does not take; `field` is the first of them. */
  readonly INVALID_PARAMS: { readonly field: string; readonly reason: string };
  /** A private endpoint was called on a client without a signer. */
  readonly NO_SIGNER: object;
  /** The order breaks a limit of its instrument. */
  readonly INVALID_ORDER: {
    readonly field: string;
    readonly limit: string;
    readonly given: string;
    /** The nearest value that passes; `undefined` when there is none. */
    readonly nearest: string | undefined;
  };
  /** The governor would have to wait longer than it may. */
  readonly RATE_LIMIT_AHEAD: { readonly scope: string; readonly waitMs: number };
  /** Kraken has locked the key out for a while; nothing is sent until then. */
  readonly LOCKED_OUT: { readonly waitMs: number };
  /** The key's turn did not come in time: nothing was sent. */
  readonly TURN_TIMEOUT: { readonly timeoutMs: number };
  /** No connection came up: nothing was sent. */
  readonly CONNECT_FAILED: {
    /** Host and port; behind a proxy, still those of the exchange. */
    readonly address: string;
    readonly reason: string;
  };
  /** The connection ended before the answer began. */
  readonly CONNECTION_LOST: { readonly reason: string };
  /** No whole answer in time. */
  readonly TIMEOUT: { readonly timeoutMs: number };
  /** The caller's signal fired. */
  readonly ABORTED: object;
  /** The client was closed. */
  readonly CLOSED: object;
  /** An HTTP status that is no answer of the API: a gateway, a firewall, a maintenance page. */
  readonly HTTP_STATUS: { readonly status: number; readonly html: boolean };
  /** Status 200, and no JSON in it. */
  readonly NOT_JSON: { readonly status: number; readonly html: boolean };
  /** The answer began and broke off. */
  readonly CUT_BODY: { readonly bytes: number };
  /** The answer is larger than the client takes. */
  readonly BODY_TOO_LARGE: { readonly maxBytes: number };
  /** JSON, and not of the documented shape. */
  readonly UNEXPECTED_ANSWER: { readonly reason: string };
  /** More rows share a moment than a page holds, and pages go by moments: some may be out of reach. */
  readonly PAGE_STUCK: { readonly moment: string };
  /** Kraken said no. `errors` are its own words, read. */
  readonly REJECTED: { readonly errors: readonly KrakenError[] };
}

export type RestErrorCode = keyof RestErrorContext;

/** What every error says of the request it is about. */
export interface RestFailure {
  /** Method and path, without the query: `POST /0/private/AddOrder`; or what else was asked for. */
  readonly endpoint: string;
  readonly category: ErrorCategory;
  /** Whether the same request can succeed later. Repeat it only when repeating does no harm. */
  readonly retryable: boolean;
  /**
   * What the exchange may have done: `none`, for certain nothing (it was not sent, or refused);
   * `unknown`, it was sent and there is no verdict. An order is then to be reconciled, never repeated.
   */
  readonly effect: 'none' | 'unknown';
  /** What to do about it. */
  readonly advice: string;
}

/** The one error class of this package: branch on `code`, `category` and `effect`; read `context`. */
export class RestError<Code extends RestErrorCode = RestErrorCode>
  extends Error
  implements RestFailure
{
  override readonly name = 'RestError';
  readonly code: Code;
  readonly context: RestErrorContext[Code];
  readonly endpoint: string;
  readonly category: ErrorCategory;
  readonly retryable: boolean;
  readonly effect: 'none' | 'unknown';
  readonly advice: string;

  constructor(
    code: Code,
    what: string,
    failure: RestFailure,
    context: RestErrorContext[Code],
    options?: ErrorOptions,
  ) {
    super(`${what} ${failure.advice}`, options);
    this.code = code;
    this.context = context;
    this.endpoint = failure.endpoint;
    this.category = failure.category;
    this.retryable = failure.retryable;
    this.effect = failure.effect;
    this.advice = failure.advice;
  }
}

/** True for a `RestError`, of this code where one is given. Goes by name, so a second copy of the package matches too. */
export function isRestError<Code extends RestErrorCode = RestErrorCode>(
  error: unknown,
  code?: Code,
): error is RestError<Code> {
  if (!(error instanceof Error) || error.name !== 'RestError') return false;
  return code === undefined || (error as RestError).code === code;
}

/** The error for an option that cannot be used. */
export function invalidOption(option: string, advice: string): RestError<'INVALID_OPTION'> {
  return new RestError(
    'INVALID_OPTION',
    `The option "${option}" cannot be used.`,
    { endpoint: option, category: 'config', retryable: false, effect: 'none', advice },
    { option },
  );
}

/** The error for a parameter that an endpoint does not take. */
export function invalidParams(
  endpoint: string,
  field: string,
  reason: string,
): RestError<'INVALID_PARAMS'> {
  return new RestError(
    'INVALID_PARAMS',
    `${endpoint}: the parameter "${field}" cannot be sent: ${reason}.`,
    {
      endpoint,
      category: 'validation',
      retryable: false,
      effect: 'none',
      advice: 'Nothing was sent; mend the parameter.',
    },
    { field, reason },
  );
}
