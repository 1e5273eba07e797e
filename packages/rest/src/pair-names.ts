import type { SymbolTable } from '@kr/schemas/symbols';

/** What knows the names of pairs: a `SymbolTable` of `@kr/schemas/symbols`. */
export type PairTable = Pick<SymbolTable, 'pair'>;

/** The endpoints that take v2's names as they are. */
const TAKE_CANONICAL = new Set(['PreTrade', 'PostTrade']);

/**
 * Where answers have pairs: a path of keys, in which `*` stands for each of them; a path that ends in
 * `*` means the keys themselves. AssetPairs is missing on purpose: its names are the table.
 */
const IN_ANSWERS: Readonly<Record<string, readonly string[]>> = {
  Ticker: ['*'],
  OHLC: ['*'],
  Depth: ['*'],
  Trades: ['*'],
  Spread: ['*'],
  GroupedBook: ['pair'],
  Level3: ['pair'],
  OpenOrders: ['open.*.descr.pair'],
  ClosedOrders: ['closed.*.descr.pair'],
  QueryOrders: ['*.descr.pair'],
  TradesHistory: ['trades.*.pair'],
  QueryTrades: ['*.pair'],
  OpenPositions: ['*.pair'],
  TradeVolume: ['fees.*', 'fees_maker.*'],
};

/** Parameters with REST's own name for each pair, whatever name was given. An unknown one stays. */
export function withRequestNames(table: PairTable, endpoint: string, params: object): object {
  const field = TAKE_CANONICAL.has(endpoint) ? 'symbol' : 'pair';
  const given = (params as Readonly<Record<string, unknown>>)[field];
  if (typeof given !== 'string') return params;
  const named = given.split(',').map((name) => {
    const names = table.pair(name.trim());
    return (field === 'symbol' ? names?.symbol : names?.altname) ?? name;
  });
  return { ...params, [field]: named.join(',') };
}

/** An answer with the canonical name (`BTC/USD`) of each pair. An unknown one stays. */
export function withCanonicalNames(table: PairTable, endpoint: string, answer: unknown): unknown {
  const paths = IN_ANSWERS[endpoint] ?? [];
  return paths.reduce((value, path) => renamed(table, value, path.split('.')), answer);
}

function renamed(table: PairTable, value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return typeof value === 'string' ? canonical(table, value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (key === '*' && Array.isArray(value)) return value.map((item) => renamed(table, item, rest));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => {
      if (key !== '*' && key !== name) return [name, item];
      if (key === '*' && rest.length === 0) return [canonical(table, name), item];
      return [name, renamed(table, item, rest)];
    }),
  );
}

function canonical(table: PairTable, name: string): string {
  return table.pair(name)?.symbol ?? name;
}
