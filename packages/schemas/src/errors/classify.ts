import type { ErrorCategory } from '../shared/error-category.ts';

interface Classification {
  readonly kind: ErrorCategory;
  readonly retryable: boolean;
  readonly retryAt: number | undefined;
  readonly ambiguous: boolean;
}

interface Rule {
  /** Of `Category:text`, or of the bare text. */
  readonly pattern: RegExp;
  readonly kind: ErrorCategory;
  readonly retryable?: boolean;
  readonly ambiguous?: boolean;
}

/**
 * The first that matches decides. What is retryable is what Kraken's own SDK repeats:
 * https://github.com/krakenfx/kraken-api-sdk (docs/guides/error-handling.md).
 */
const rules: readonly Rule[] = [
  {
    pattern: /rate limit exceeded|^General:Too many requests|^Auth:Too many requests/i,
    kind: 'rateLimit',
    retryable: true,
  },
  {
    pattern: /^Service:Throttled|exceeded msg rate|apiLimitExceeded/i,
    kind: 'rateLimit',
    retryable: true,
  },
  { pattern: /^Order:.*limit exceeded|^BM:limit exceeded/i, kind: 'exchange' },
  {
    pattern: /^Service:(?:Unavailable|Timeout)/i,
    kind: 'unavailable',
    retryable: true,
    ambiguous: true,
  },
  { pattern: /^Service:Busy|^Earnings:Busy/i, kind: 'unavailable', retryable: true },
  { pattern: /^Service:/i, kind: 'unavailable' },
  { pattern: /^General:Internal error|^Database:/i, kind: 'unavailable', ambiguous: true },
  { pattern: /^API:Invalid nonce|^Futures:nonce/i, kind: 'auth', retryable: true },
  { pattern: /^API:Bad request/i, kind: 'validation' },
  { pattern: /^API:Feature disabled/i, kind: 'unavailable' },
  {
    pattern:
      /^(?:API|Auth|Session|Account):|Permission denied|^General:Temporary lockout|\btoken\b/i,
    kind: 'auth',
  },
  {
    pattern: /^Futures:(?:authenticationError|insufficientPrivileges|accountInactive)/i,
    kind: 'auth',
  },
  { pattern: /^Futures:(?:Server Error|unknownError)/i, kind: 'unavailable', ambiguous: true },
  {
    pattern: /^Futures:(?:Unavailable|marketUnavailable)/i,
    kind: 'unavailable',
    retryable: true,
    ambiguous: true,
  },
  {
    pattern:
      /^Futures:(?:invalidArgument|requiredArgumentMissing|Json Parse Error|invalidUnit|invalidAmount)/i,
    kind: 'validation',
  },
  {
    pattern:
      /^General:(?:Invalid arguments|Unknown method)|Unsupported field|Malformed request|field must be/i,
    kind: 'validation',
  },
];

/** What can be done about an error. A text that no rule knows is a refusal of the exchange. */
export function classify(
  category: string | undefined,
  text: string,
  detail: string | undefined,
): Classification {
  const subject = category === undefined ? text : `${category}:${text}`;
  const rule = rules.find(({ pattern }) => pattern.test(subject));
  return {
    kind: rule?.kind ?? 'exchange',
    retryable: rule?.retryable ?? false,
    retryAt: /^Service:Throttled/i.test(subject) ? unixSeconds(detail) : undefined,
    ambiguous: rule?.ambiguous ?? false,
  };
}

function unixSeconds(detail: string | undefined): number | undefined {
  return detail !== undefined && /^\d+$/.test(detail) ? Number(detail) : undefined;
}
