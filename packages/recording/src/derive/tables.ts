/**
 * What a cell holds: `decimal` the digits as the exchange printed them; `timestamp` nanoseconds since the
 * epoch; `integer` a whole number, as a bigint where it may pass 2^53.
 */
export type ColumnType = 'text' | 'decimal' | 'timestamp' | 'integer' | 'boolean';

/** Where a row is from: both clocks, and the frame. */
const FRAME = {
  received_at: 'timestamp',
  exchange_time: 'timestamp',
  connection_id: 'integer',
  sequence: 'integer',
  monotonic_ns: 'integer',
} as const;

/** What the checksum of the message that a row is of says: `verified`, `mismatch`, `unchecked`, `awaitingSnapshot`. */
const CHECKED = { checksum: 'integer', verdict: 'text' } as const;

/** One table a channel. Columns that come from the wire have its names, but for `quantity` and `price`. */
export const TABLES = {
  ticker: {
    ...{ ...FRAME, symbol: 'text', type: 'text', bid: 'decimal', bid_qty: 'decimal' },
    ...{ ask: 'decimal', ask_qty: 'decimal', last: 'decimal', volume: 'decimal', vwap: 'decimal' },
    ...{ low: 'decimal', high: 'decimal', change: 'decimal', change_pct: 'decimal' },
  },
  /** Of the v1 feed; the symbol is v1's own. */
  ticker_v1: {
    ...{ ...FRAME, symbol: 'text', ask_price: 'decimal', ask_whole_lot_volume: 'decimal' },
    ...{ ask_lot_volume: 'decimal', bid_price: 'decimal', bid_whole_lot_volume: 'decimal' },
    ...{ bid_lot_volume: 'decimal', last_trade_price: 'decimal', last_trade_volume: 'decimal' },
    ...{ volume_today: 'decimal', volume_24h: 'decimal', vwap_today: 'decimal' },
    ...{ vwap_24h: 'decimal', trades_today: 'integer', trades_24h: 'integer' },
    ...{ low_today: 'decimal', low_24h: 'decimal', high_today: 'decimal', high_24h: 'decimal' },
    opening_price: 'decimal',
  },
  /** A row a level of each book message, in the order of the message; quantity 0 removes. */
  book: {
    ...{ ...FRAME, symbol: 'text', type: 'text', side: 'text', price: 'decimal' },
    ...{ quantity: 'decimal', ...CHECKED },
  },
  /** Levels of rebuilt books at moments: the long form of a sample. */
  book_sample: {
    ...{ ...FRAME, symbol: 'text', side: 'text', level: 'integer', price: 'decimal' },
    ...{ quantity: 'decimal', verdict: 'text' },
  },
  /** What each book says of its market at the end of each interval; `depth_…` is of both sides. */
  metrics: {
    ...{ ...FRAME, symbol: 'text', channel: 'text', interval_ms: 'integer', verified: 'boolean' },
    ...{ best_bid: 'decimal', best_bid_qty: 'decimal', best_ask: 'decimal' },
    ...{ best_ask_qty: 'decimal', spread: 'decimal', spread_bps: 'decimal', mid_price: 'decimal' },
    ...{ bid_volume_top10: 'decimal', ask_volume_top10: 'decimal', imbalance: 'decimal' },
    ...{ depth_10_bps: 'decimal', depth_25_bps: 'decimal', depth_50_bps: 'decimal' },
    ...{ bid_order_count: 'integer', ask_order_count: 'integer', bid_orders_at_best: 'integer' },
    ...{ ask_orders_at_best: 'integer', avg_bid_order_size: 'decimal' },
    ...{ avg_ask_order_size: 'decimal', add_events: 'integer', modify_events: 'integer' },
    ...{ delete_events: 'integer', order_arrival_rate: 'decimal', order_cancel_rate: 'decimal' },
  },
  /** A row an order of each level3 message; a snapshot's are `add`. */
  level3: {
    ...{ ...FRAME, symbol: 'text', type: 'text', event: 'text', side: 'text', order_id: 'text' },
    ...{ price: 'decimal', quantity: 'decimal', ...CHECKED },
  },
  trade: {
    ...{ ...FRAME, symbol: 'text', type: 'text', side: 'text', price: 'decimal' },
    ...{ quantity: 'decimal', ord_type: 'text', trade_id: 'integer' },
  },
  ohlc: {
    ...{ ...FRAME, symbol: 'text', type: 'text', interval: 'integer', interval_begin: 'timestamp' },
    ...{ open: 'decimal', high: 'decimal', low: 'decimal', close: 'decimal', volume: 'decimal' },
    ...{ vwap: 'decimal', trades: 'integer' },
  },
  instrument: {
    ...{ ...FRAME, symbol: 'text', type: 'text', base: 'text', quote: 'text', status: 'text' },
    ...{ price_precision: 'integer', qty_precision: 'integer', cost_precision: 'integer' },
    ...{ price_increment: 'decimal', tick_size: 'decimal', qty_increment: 'decimal' },
    ...{
      qty_min: 'decimal',
      cost_min: 'decimal',
      marginable: 'boolean',
      margin_initial: 'decimal',
    },
    ...{ position_limit_long: 'integer', position_limit_short: 'integer', has_index: 'boolean' },
  },
  asset: {
    ...{ ...FRAME, symbol: 'text', type: 'text', status: 'text', precision: 'integer' },
    ...{ precision_display: 'integer', borrowable: 'boolean', collateral_value: 'decimal' },
    margin_rate: 'decimal',
  },
  status: { ...FRAME, system: 'text', api_version: 'text', version: 'text' },
  executions: {
    ...{ ...FRAME, symbol: 'text', type: 'text', exec_type: 'text', exec_id: 'text' },
    ...{ order_id: 'text', cl_ord_id: 'text', order_userref: 'integer', side: 'text' },
    ...{ order_type: 'text', order_status: 'text', order_qty: 'decimal', limit_price: 'decimal' },
    ...{ last_qty: 'decimal', last_price: 'decimal', cum_qty: 'decimal', cum_cost: 'decimal' },
    ...{ avg_price: 'decimal', cost: 'decimal', fee_usd_equiv: 'decimal', liquidity_ind: 'text' },
    ...{ trade_id: 'integer', time_in_force: 'text', reason: 'text', fees: 'text' },
  },
  balances: {
    ...{ ...FRAME, symbol: 'text', type: 'text', ledger_id: 'text', ref_id: 'text' },
    ...{ ledger_type: 'text', asset_class: 'text', wallet_type: 'text', wallet_id: 'text' },
    ...{ amount: 'decimal', fee: 'decimal', balance: 'decimal' },
  },
  /** A row a level of each message of a futures v1 book; quantity 0 removes. */
  futures_book: {
    ...{ ...FRAME, symbol: 'text', type: 'text', side: 'text', price: 'decimal' },
    ...{ quantity: 'decimal', seq: 'integer' },
  },
  /** `trade_type` as the exchange says it: `fill`, `liquidation`… */
  futures_trade: {
    ...{ ...FRAME, symbol: 'text', type: 'text', side: 'text', price: 'decimal' },
    ...{ quantity: 'decimal', trade_type: 'text', uid: 'text', seq: 'integer' },
  },
  /** Rates as they were printed: they may have more decimals than any price. `type` is `ticker` or `ticker_lite`. */
  futures_ticker: {
    ...{ ...FRAME, symbol: 'text', type: 'text', bid: 'decimal', bid_qty: 'decimal' },
    ...{ ask: 'decimal', ask_qty: 'decimal', last: 'decimal', index: 'decimal' },
    ...{ mark_price: 'decimal', volume: 'decimal', volume_quote: 'decimal' },
    ...{ open_interest: 'decimal', change: 'text', premium: 'text', funding_rate: 'text' },
    ...{ funding_rate_prediction: 'text', funding_rate_relative: 'text', tag: 'text' },
    ...{ pair: 'text', leverage: 'text', dtm: 'integer', maturity_time: 'integer' },
    ...{ suspended: 'boolean', post_only: 'boolean' },
  },
  /** The gap ledger. */
  gaps: {
    ...{ received_at: 'timestamp', reason: 'text', from: 'timestamp', to: 'timestamp' },
    ...{ channel: 'text', symbols: 'text', connection_id: 'integer', repaired: 'boolean' },
    detail: 'text',
  },
  /** When each connection was first heard of, and when its end was written down. */
  connections: {
    ...{ received_at: 'timestamp', connection_id: 'integer', event: 'text', reason: 'text' },
    detail: 'text',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnType>>>>;

export type TableName = keyof typeof TABLES;

interface CellTypes {
  readonly text: string;
  readonly decimal: string;
  readonly timestamp: bigint;
  readonly integer: number | bigint;
  readonly boolean: boolean;
}

export type Cell = string | number | bigint | boolean | undefined;

/** A row of a table; a cell that the exchange did not send is `undefined`. */
export type Row<T extends TableName> = {
  readonly [K in keyof (typeof TABLES)[T]]:
    | CellTypes[(typeof TABLES)[T][K] & ColumnType]
    | undefined;
};

/** A row of any table. */
export type DerivedRow = {
  readonly [T in TableName]: { readonly table: T; readonly row: Row<T> };
}[TableName];

/** Columns of a table by name, in order. */
export function columnsOf(table: TableName): readonly (readonly [string, ColumnType])[] {
  return Object.entries(TABLES[table]);
}

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];
