import {
  type Account,
  type AccountTrade,
  KRAKEN_FEES,
  type Market,
  type Order,
  openLots,
  REFUSALS,
  tierOf,
  USD_SCALE,
} from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import { TOKEN_LIFE_SECONDS } from '../paper/tokens.ts';
import { balanceBodies, ledgerBody, orderBody, tradeBody } from './paper-bodies.ts';
import { level3Body } from './paper-books.ts';
import { isTrue } from './paper-order-params.ts';
import { idsOf, pageOf, within } from './paper-pages.ts';
import { type PaperContext, type PaperRoute, route, UNKNOWN_PAIR } from './paper-route.ts';
import { consolidatedBodies, positionBodies } from './position-bodies.ts';
import { textOf, type WireParams } from './request-params.ts';
import { pairNames } from './spot-names.ts';
import { SpotRefusal } from './spot-refusal.ts';

/** What tells of an account. */
export const accountRoutes: readonly (readonly [string, PaperRoute])[] = [
  route('Balance', ['query-funds'], ({ desk, account }) =>
    Object.fromEntries(
      balanceBodies(desk.exchange, account).map(({ id, balance }) => [id, balance]),
    ),
  ),
  route('BalanceEx', ['query-funds'], ({ desk, account }) =>
    Object.fromEntries(
      balanceBodies(desk.exchange, account).map(({ id, balance, held }) => [
        id,
        { balance, hold_trade: held },
      ]),
    ),
  ),
  route('TradeBalance', ['query-open-trades'], ({ desk, names, account, params }) => {
    const asset = names.asset(textOf(params['asset']) ?? 'ZUSD');
    if (asset === undefined) return new SpotRefusal('EQuery:Unknown asset');
    const { margin } = desk.exchange;
    const unit = Number(margin.valuation.usd(asset, 10n ** BigInt(USD_SCALE)) ?? 0n);
    const scale = 10 ** (desk.exchange.scales.get(asset) ?? 0);
    // An estimate, as the exchange's is: nobody trades by it.
    const text = (usd: bigint): string =>
      (unit === 0 ? 0 : (Number(usd) * 10 ** USD_SCALE) / unit / scale).toFixed(4);
    const state = margin.stateOf(account);
    const bound = margin.boundByOrders(account);
    return {
      eb: text(state.balance),
      tb: text(state.collateral),
      m: text(state.margin),
      uv: text(unexecuted(desk, account)),
      n: text(state.gain),
      c: text(state.cost),
      v: text(state.worth),
      e: text(state.equity),
      mf: text(state.free),
      mfo: text(state.free - bound),
      ...(state.level === undefined ? {} : { ml: state.level.toFixed(2) }),
    };
  }),
  // For accounts that have none.
  route('CreditLines', ['query-funds'], () => null),
  route('TradeVolume', ['query-funds'], tradeVolume),
  route('Level3', ['query-open-trades'], ({ desk, names, params }) => {
    const market = names.market(textOf(params['pair']) ?? '');
    if (market !== undefined) desk.now(market.instrument.symbol);
    return level3Body(names, params);
  }),
  route('OpenOrders', ['query-open-trades'], ({ account, params }) => ({
    open: orderRows([...account.openOrders], params),
  })),
  route('ClosedOrders', ['query-closed-trades'], ({ account, params }) => {
    const closed = [...account.orders.values()].filter((order) => !account.openOrders.has(order));
    const timeOf = (order: Order): bigint =>
      params['closetime'] === 'open' ? order.openNs : (order.closedNs ?? order.openNs);
    const rows = within(
      closed.filter((order) => isWanted(order, params)),
      params,
      (order) => order.id,
      timeOf,
    ).toSorted((a, b) => Number(timeOf(b) - timeOf(a)) || b.entry - a.entry);
    const bodyOf = (order: Order): unknown => orderBody(order, isTrue(params['trades']));
    return pageOf('closed', rows, params, (order) => [order.id, bodyOf(order)]);
  }),
  route('QueryOrders', ['query-open-trades', 'query-closed-trades'], ({ account, params }) => {
    const orders = idsOf(params['txid']).map((id) => account.orders.get(id));
    if (orders.includes(undefined)) return new SpotRefusal(REFUSALS.unknownOrder);
    return orderRows(
      orders.filter((order) => order !== undefined),
      params,
    );
  }),
  route('OrderAmends', ['query-open-trades', 'query-closed-trades'], orderAmends),
  route('TradesHistory', ['query-closed-trades'], ({ account, params }) => {
    const passes = TRADE_TYPES.get(textOf(params['type']) ?? 'all');
    if (passes === undefined) return new SpotRefusal(REFUSALS.invalid('type'));
    const rows = within(
      account.trades.filter(({ margin }) => passes(margin)),
      params,
      ({ id }) => id,
      ({ atNs }) => atNs,
    ).toReversed();
    const withLedgers = isTrue(params['ledgers']);
    return pageOf('trades', rows, params, (trade) => [trade.id, tradeBody(trade, withLedgers)]);
  }),
  route('QueryTrades', ['query-closed-trades'], ({ account, params }) => {
    const wanted = new Set(idsOf(params['txid']));
    const found = account.trades.filter(({ id }) => wanted.has(id));
    return Object.fromEntries(found.map((trade) => [trade.id, tradeBody(trade, false)]));
  }),
  route('OpenPositions', ['query-open-trades'], ({ desk, account, params }) => {
    const { exchange } = desk;
    if (params['consolidation'] === 'market') return consolidatedBodies(exchange, account);
    const bodies = positionBodies(exchange, account, isTrue(params['docalcs']));
    if (params['txid'] === undefined) return bodies;
    const found = idsOf(params['txid']).filter((id) => bodies[id] !== undefined);
    return Object.fromEntries(found.map((id) => [id, bodies[id]]));
  }),
  route('Ledgers', ['query-ledger'], ({ desk, names, account, params }) => {
    const assets = textOf(params['asset']) ?? 'all';
    const wanted =
      assets === 'all' ? undefined : assets.split(',').map((name) => names.asset(name));
    if (wanted?.includes(undefined) === true) return new SpotRefusal('EQuery:Unknown asset');
    const type = textOf(params['type']) ?? 'all';
    const entries = account.ledger.filter(
      (entry) =>
        (wanted === undefined || wanted.includes(entry.asset)) &&
        (type === 'all' || type === entry.type),
    );
    const rows = within(
      entries,
      params,
      ({ id }) => id,
      ({ atNs }) => atNs,
    ).toReversed();
    return pageOf('ledger', rows, params, (entry) => [entry.id, ledgerBody(desk.exchange, entry)]);
  }),
  route('QueryLedgers', ['query-ledger'], ({ desk, account, params }) => {
    const wanted = new Set(idsOf(params['id']));
    const found = account.ledger.filter(({ id }) => wanted.has(id));
    return Object.fromEntries(found.map((entry) => [entry.id, ledgerBody(desk.exchange, entry)]));
  }),
  route('GetWebSocketsToken', ['create-ws-token'], ({ desk, account }) => ({
    token: desk.tokens.issue(account.id),
    expires: TOKEN_LIFE_SECONDS,
  })),
  route('GetApiKeyInfo', [], ({ desk, account, nonces }) => ({
    apiKeyName: 'sandbox',
    apiKey: account.id,
    nonce: String(nonces.highest),
    nonceWindow: nonces.window,
    permissions: desk.permissionsOf(account.id),
    iban: 'AA00 N84G WKOX 4NDA',
    validUntil: '0',
    queryFrom: '0',
    queryTo: '0',
    createdTime: '1700000000',
    modifiedTime: '1700000000',
    ipAllowlist: [],
    lastUsed: null,
  })),
];

/** What TradesHistory means by its types. */
const TRADE_TYPES = new Map<string, (margin: AccountTrade['margin']) => boolean>([
  ['all', () => true],
  ['any position', (margin) => margin !== undefined],
  ['closed position', (margin) => margin?.opened !== undefined && openLots(margin.opened) === 0n],
  ['closing position', (margin) => margin?.isClosing === true],
  ['no position', (margin) => margin === undefined],
]);

/** What open orders come to, in USD: at their limits, or at what triggers them. */
function unexecuted({ exchange }: PaperDesk, account: Account): bigint {
  let sum = 0n;
  for (const { market, limitTicks, trigger, lots, filledLots } of account.openOrders) {
    const cost = market.quoteAmount(
      BigInt(limitTicks ?? trigger?.ticks ?? 0) * (lots - filledLots),
    );
    sum += exchange.margin.valuation.usd(market.instrument.quote, cost) ?? 0n;
  }
  return sum;
}

/** A rate as text; `null` where there is no such tier. */
function percent(rate: number | undefined): string | null {
  return rate === undefined ? null : (rate / 10_000).toFixed(4);
}

function tradeVolume({ desk, names, account, params }: PaperContext): unknown {
  const list = pairsOf(params['pair']);
  const markets = list.map((name) => names.market(name.trim()));
  if (markets.includes(undefined)) return UNKNOWN_PAIR;
  const volume = desk.exchange.volumeOf(account, desk.now());
  const tierFor = (market: Market, kind: 'maker' | 'taker'): unknown => {
    const tiers = market.instrument.fees ?? KRAKEN_FEES;
    const tier = tierOf(tiers, volume);
    const next = tiers[tiers.indexOf(tier) + 1];
    return {
      fee: percent(tier[kind]),
      minfee: percent(tiers.at(-1)?.[kind]),
      maxfee: percent(tiers[0]?.[kind]),
      nextfee: percent(next?.[kind]),
      tiervolume: tier.volume.toFixed(4),
      nextvolume: next === undefined ? null : next.volume.toFixed(4),
    };
  };
  const rows = (kind: 'maker' | 'taker'): unknown =>
    Object.fromEntries(
      markets.flatMap((market) =>
        market === undefined ? [] : [[pairNames(market.instrument).id, tierFor(market, kind)]],
      ),
    );
  return {
    currency: 'ZUSD',
    volume: volume.toFixed(4),
    fees: rows('taker'),
    fees_maker: rows('maker'),
  };
}

/** A comma-separated text, or a list of `{ asset, aclass }`. */
function pairsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return textOf(value)?.split(',') ?? [];
  return value.map((each: unknown) => textOf((each as WireParams | null)?.['asset']) ?? '');
}

function orderAmends({ account, params }: PaperContext): unknown {
  const order = account.find(textOf(params['order_id']) ?? '');
  if (order === undefined) return new SpotRefusal(REFUSALS.unknownOrder);
  return { count: order.amends.length, amends: amendBodies(order) };
}

function amendBodies(order: Order): readonly unknown[] {
  const { pricePrecision, quantityPrecision } = order.market.instrument;
  return order.amends.map((amend) => ({
    amend_id: amend.id,
    amend_type: amend.kind,
    order_qty: fixedText(amend.lots, quantityPrecision),
    remaining_qty: fixedText(amend.remainingLots, quantityPrecision),
    ...(amend.limitTicks === undefined
      ? {}
      : { limit_price: fixedText(amend.limitTicks, pricePrecision) }),
    post_only: amend.postOnly,
    timestamp: amend.atNs,
  }));
}

function orderRows(orders: readonly Order[], params: WireParams): Record<string, unknown> {
  const withTrades = isTrue(params['trades']);
  return Object.fromEntries(
    orders
      .filter((order) => isWanted(order, params))
      .map((order) => [order.id, orderBody(order, withTrades)]),
  );
}

function isWanted(order: Order, params: WireParams): boolean {
  const reference = textOf(params['userref']);
  const clientOrderId = textOf(params['cl_ord_id']);
  return (
    (reference === undefined || order.userReference === Number(reference)) &&
    (clientOrderId === undefined || order.clientOrderId === clientOrderId)
  );
}
