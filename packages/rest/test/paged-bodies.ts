import { formatTimestamp } from '@kr/schemas/shared';

/** A row of whatever is paged: its place in time is shared with others, its id is not. */
export interface PagedRow {
  readonly id: number;
  /** Milliseconds after {@link EPOCH_MS}. */
  readonly atMs: number;
}

export const EPOCH_MS = 1_767_225_600_000;
const NS = 1_000_000n;

export const nsOf = ({ atMs }: PagedRow): bigint => BigInt(EPOCH_MS + atMs) * NS;
export const isoOf = (row: PagedRow): string => formatTimestamp(nsOf(row));

export function logEntryBody(row: PagedRow): object {
  return {
    id: row.id,
    date: isoOf(row),
    asset: 'usd',
    info: 'transfer',
    booking_uid: `R${row.id}`,
    margin_account: 'flex',
    old_balance: '0',
    new_balance: '1',
  };
}

export function transferBody({ id, atMs }: PagedRow): object {
  return {
    method: 'Bitcoin',
    aclass: 'currency',
    asset: 'XXBT',
    refid: `R${id}`,
    txid: null,
    info: null,
    amount: '1.0',
    time: Math.floor((EPOCH_MS + atMs) / 1000),
    status: 'Success',
  };
}

export function strategyBody(id: number): object {
  return {
    id: `R${id}`,
    asset: 'DOT',
    lock_type: { type: 'instant' },
    apr_estimate: null,
    user_min_allocation: '0.01',
    allocation_fee: '0',
    deallocation_fee: '0',
    auto_compound: { type: 'enabled' },
    yield_source: { type: 'staking' },
    can_allocate: true,
    can_deallocate: true,
    user_cap: '1',
    allocation_restriction_info: [],
  };
}

export function fillBody(row: PagedRow): object {
  return {
    fill_id: `R${row.id}`,
    order_id: 'o',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    size: 1,
    price: 1,
    fillTime: `${isoOf(row).slice(0, 23)}Z`,
    fillType: 'maker',
  };
}

export function tradeBody(row: PagedRow): object {
  return { uid: `R${row.id}`, price: 1, side: 'buy', size: 1, time: `${isoOf(row).slice(0, 23)}Z` };
}

export function ledgerBody({ id, atMs }: PagedRow): object {
  return {
    refid: `F${id}`,
    time: (EPOCH_MS + atMs) / 1000,
    type: 'deposit',
    subtype: '',
    aclass: 'currency',
    asset: 'ZUSD',
    amount: '1.0',
    fee: '0.0',
    balance: '1.0',
  };
}

export function accountTradeBody({ id, atMs }: PagedRow): object {
  return {
    ordertxid: 'O',
    postxid: 'P',
    pair: 'XXBTZUSD',
    time: (EPOCH_MS + atMs) / 1000,
    type: 'buy',
    ordertype: 'limit',
    price: '1.0',
    cost: '1.0',
    fee: '0.0',
    vol: '1.0',
    leverage: '0',
    margin: '0.0',
    misc: '',
    trade_id: id,
    maker: true,
  };
}

export function orderBody({ atMs }: PagedRow): object {
  const time = (EPOCH_MS + atMs) / 1000;
  return {
    refid: null,
    userref: null,
    status: 'closed',
    opentm: time,
    starttm: 0,
    expiretm: 0,
    descr: {
      pair: 'XBTUSD',
      type: 'buy',
      ordertype: 'limit',
      price: '1.0',
      price2: '0',
      leverage: 'none',
      order: 'x',
      close: '',
    },
    vol: '1.0',
    vol_exec: '1.0',
    cost: '1.0',
    fee: '0.0',
    price: '1.0',
    stopprice: '0.0',
    limitprice: '0.0',
    misc: '',
    oflags: '',
    closetm: time,
    reason: null,
  };
}
