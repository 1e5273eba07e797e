import {
  type Account,
  type Exchange,
  gainOf,
  type MarginPosition,
  type Market,
  marginFeesOf,
  marginOf,
  openCost,
  openLots,
} from '../exchange/index.ts';
import { OrderText } from '../paper/order-text.ts';
import { pairNames } from './spot-names.ts';

type Body = Readonly<Record<string, unknown>>;

/** Open positions as OpenPositions prints them, by id; `calculates`: with what they are worth now. */
export function positionBodies(
  exchange: Exchange,
  account: Account,
  calculates: boolean,
): Record<string, Body> {
  return Object.fromEntries(
    exchange.margin.positions
      .of(account)
      .map((position) => [position.id, positionBody(exchange, position, calculates)]),
  );
}

function positionBody(exchange: Exchange, position: MarginPosition, calculates: boolean): Body {
  const { order, lots, closedLots, cost, fee, rolloverNs } = position;
  const { market, side } = order;
  const text = new OrderText(market);
  const { rollover } = marginFeesOf(market.instrument, side, exchange.assets);
  return {
    ordertxid: order.id,
    posstatus: 'open',
    pair: pairNames(market.instrument).id,
    time: Number(position.openedNs / 1_000n) / 1e6,
    type: side,
    ordertype: order.type,
    cost: text.cost(cost),
    fee: text.cost(fee),
    vol: text.quantity(lots),
    vol_closed: text.quantity(closedLots),
    margin: text.cost(marginOf(position)),
    ...(calculates ? worthOf(market, side, openLots(position), openCost(position)) : {}),
    terms: `${(Number(rollover) / 10_000).toFixed(4)}% per 4 hours`,
    rollovertm: String(rolloverNs / 1_000_000_000n),
    misc: '',
    oflags: '',
  };
}

/**
 * The same, one row a pair and direction (`consolidation=market`). The form is that of recorded answers:
 * a list, with the number of positions and their mean leverage as text.
 */
export function consolidatedBodies(exchange: Exchange, account: Account): readonly Body[] {
  const { positions } = exchange.margin;
  return [...positions.netsOf(account)].map(([market, { side, lots, cost, margin }]) => {
    const text = new OrderText(market);
    const parts = positions.of(account, market);
    const sum = (pick: (position: MarginPosition) => bigint): bigint =>
      parts.reduce((total, position) => total + pick(position), 0n);
    return {
      pair: pairNames(market.instrument).altname,
      positions: String(parts.length),
      type: side,
      leverage: (margin === 0n ? 0 : Number(cost) / Number(margin)).toFixed(5),
      cost: text.cost(sum((position) => position.cost)),
      fee: text.cost(sum((position) => position.fee)),
      vol: text.quantity(sum((position) => position.lots)),
      vol_closed: text.quantity(sum((position) => position.closedLots)),
      margin: text.cost(margin),
      ...worthOf(market, side, lots, cost),
    };
  });
}

function worthOf(market: Market, side: 'buy' | 'sell', lots: bigint, cost: bigint): Body {
  const text = new OrderText(market);
  const value = market.quoteAmount(BigInt(market.reference('last') ?? 0) * lots);
  const net = gainOf(side, cost, value);
  return { value: text.cost(value), net: `${net < 0n ? '' : '+'}${text.cost(net)}` };
}
