import type { ErrorCategory } from '../shared/error-category.ts';
import { classify } from './classify.ts';

/** `EOrder:Insufficient funds`, read. */
export interface KrakenError {
  /** As it came. */
  readonly raw: string;
  readonly severity: 'error' | 'warning';
  /** Kraken's: `Order`, `General`, `API`…; `Futures` for the futures API; absent from bare texts. */
  readonly category: string | undefined;
  /** `Insufficient funds`. */
  readonly text: string;
  /** What follows another colon: the field of `EGeneral:Invalid arguments:volume`. */
  readonly detail: string | undefined;
  /** Ours, the same words for every API. */
  readonly kind: ErrorCategory;
  /** Whether the same request can succeed later. Repeat it only when repeating does no harm. */
  readonly retryable: boolean;
  /** Unix seconds before which it is no use, when Kraken says. */
  readonly retryAt: number | undefined;
  /** True when an order that was answered with this may have been placed nevertheless. */
  readonly ambiguous: boolean;
}

const DOCUMENTED = /^([EW])([A-Z][A-Za-z]*):\s*([^:]*)(?::\s*(.*))?$/s;

/**
 * Reads an error text of Spot, from REST's `error` array or a WebSocket's `error` field: the
 * documented form `<E|W><Category>:<text>[:<detail>]` and the bare sentences of the sockets.
 *
 * https://docs.kraken.com/api/docs/guides/spot-errors
 */
export function parseKrakenError(raw: string): KrakenError {
  const trimmed = raw.trim();
  const [, letter, category, text, detail] = DOCUMENTED.exec(trimmed) ?? [];
  const error = {
    raw,
    severity: letter === 'W' ? 'warning' : 'error',
    category,
    text: (text ?? trimmed).trim(),
    detail: detail?.trim(),
  } as const;
  return { ...error, ...classify(error.category, error.text, error.detail) };
}

/**
 * Reads an error of the futures API: `apiLimitExceeded`, `insufficientAvailableFunds`.
 *
 * https://docs.kraken.com/api/docs/guides/futures-rest
 */
export function parseFuturesError(raw: string): KrakenError {
  const text = raw.trim();
  return {
    raw,
    severity: 'error',
    category: 'Futures',
    text,
    detail: undefined,
    ...classify('Futures', text, undefined),
  };
}
