/** What a page asks of the server: JSON texts. */
export type Command =
  /** Which books are shown: their records come from now on, those of others no more. */
  | { readonly kind: 'watch'; readonly symbols: readonly string[] }
  /** Candles of one symbol and interval (minutes), in place of those asked for before. */
  | { readonly kind: 'candles'; readonly symbol: string; readonly interval: number }
  /** The last batch that was taken in: what is not acknowledged is bounded. */
  | { readonly kind: 'ack'; readonly batch: number }
  | { readonly kind: 'ping'; readonly id: number };

/** Minutes, as the exchange has them. */
export const CANDLE_INTERVALS = [1, 5, 15, 30, 60, 240, 1440, 10_080] as const;

/** More books than a screen has room for. */
export const MAX_WATCHED = 16;
