import { type JsonObject, parseJson } from '@kr/schemas/json';
import type { Account } from '../exchange/index.ts';
import type { FuturesBatch, FuturesDesk } from '../futures/desk.ts';
import type { Subscriber } from '../market-source.ts';
import { AccountActions, type TradingDesk } from '../paper/account-actions.ts';
import { type Ack, failed, succeeded } from '../paper/acks.ts';
import { BalancesFeed } from '../paper/balances-feed.ts';
import { errorOf, FieldRefusal, Fields, isObject } from '../paper/fields.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import type { PrivateAnswer } from '../paper/private-requests.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { UNIFIED_ERRORS } from './errors.ts';
import { UnifiedExecutionsFeed } from './executions-feed.ts';
import { UnifiedLedgersFeed } from './ledgers-feed.ts';
import { UnifiedMarginFeed } from './margin-feed.ts';
import { UnifiedPositionsFeed } from './positions-feed.ts';
import { UNIFIED_TRADING } from './trading-methods.ts';
import { classRefusal } from './unified-request.ts';

/** An account on both sides: its Spot one gives the token, its futures one trades. */
interface Parties {
  readonly paper: PaperDesk;
  readonly futures: FuturesDesk;
  readonly spot: Account;
  readonly account: Account;
  readonly subscriber: Subscriber;
}

/** Channels that are of no asset class, and say so. */
const CLASSLESS: ReadonlySet<string> = new Set(['balances', 'ledgers']);

/** Answers a request for an account. Never throws for what a client can send. */
export function answerUnified(
  desks: { readonly paper: PaperDesk | undefined; readonly futures: FuturesDesk },
  text: string,
  subscriber: Subscriber,
): PrivateAnswer {
  try {
    const message = parseJson(text) as JsonObject;
    const params = message['params'];
    if (!isObject(params)) throw new FieldRefusal(WIRE_ERRORS.paramsMissing);
    const fields = new Fields(params);
    const token = fields.text('token');
    if (token === undefined) throw new FieldRefusal(WIRE_ERRORS.tokenMissing);
    const { paper, futures } = desks;
    const spot = paper?.accountOf(token);
    if (paper === undefined || spot === undefined) throw new FieldRefusal(WIRE_ERRORS.session);
    const method = typeof message['method'] === 'string' ? message['method'] : '';
    const channel = method.endsWith('subscribe') ? (fields.text('channel') ?? '') : '';
    checkClass(fields, channel);
    const account = futures.accountOf(paper.futuresKeyOf(spot.id) ?? '');
    if (account === undefined) throw new FieldRefusal(UNIFIED_ERRORS.noDerivatives);
    const parties = { paper, futures, spot, account, subscriber };
    if (method === 'subscribe') return subscribe(parties, channel, token, fields);
    if (method === 'unsubscribe') return unsubscribe(parties, channel);
    const known = UNIFIED_TRADING.get(method);
    if (known === undefined) throw new FieldRefusal(WIRE_ERRORS.methodUnsupported);
    fields.allow(known.fields, method);
    if (!paper.may(spot.id, ...known.permissions)) {
      throw new FieldRefusal('EGeneral:Permission denied');
    }
    const said = known.act({
      actions: new AccountActions(tradingDesk(paper, futures), account),
      fields,
    });
    return { acks: Array.isArray(said) ? (said as readonly Ack[]) : [said as Ack] };
  } catch (error) {
    return { acks: [failed(errorOf(error))] };
  }
}

function checkClass(fields: Fields, channel: string): void {
  const assetClass = fields.text('asset_class');
  if (CLASSLESS.has(channel)) {
    if (assetClass !== undefined) {
      throw new FieldRefusal(UNIFIED_ERRORS.notValid('asset_class', channel));
    }
    return;
  }
  const refused = classRefusal(assetClass);
  if (refused !== undefined) throw new FieldRefusal(refused);
}

function tradingDesk(paper: PaperDesk, futures: FuturesDesk): TradingDesk {
  return {
    exchange: futures.exchange,
    clock: futures.clock,
    counters: paper.counters,
    now: (symbol) => futures.now(symbol === undefined ? undefined : futures.marketOf(symbol)),
  };
}

function subscribe(
  parties: Parties,
  channel: string,
  token: string,
  fields: Fields,
): PrivateAnswer {
  const { paper, futures, subscriber } = parties;
  if (paper.private.has(channel, subscriber) || futures.private.has(channel, subscriber)) {
    throw new FieldRefusal(
      channel === 'executions' || channel === 'balances'
        ? WIRE_ERRORS.alreadySubscribed
        : UNIFIED_ERRORS.alreadySubscribed(channel),
    );
  }
  const { open, result } = opening(parties, channel, fields);
  paper.tokens.hold(token, subscriber);
  return { acks: [succeeded({ channel, ...result })], afterwards: open };
}

interface Opening {
  readonly open: () => void;
  /** What the acknowledgement says of it. */
  readonly result: object;
}

function opening(parties: Parties, channel: string, fields: Fields): Opening {
  const { paper, futures, spot, account, subscriber } = parties;
  const attach = (feed: PrivateFeed<FuturesBatch>, result: object): Opening => ({
    open: () => {
      futures.private.attach(feed);
    },
    result,
  });
  switch (channel) {
    case 'balances': {
      const snapshot = fields.flag('snapshot') ?? true;
      return {
        open: () => {
          paper.private.attach(new BalancesFeed(paper.exchange, spot, subscriber, snapshot));
        },
        result: { snapshot },
      };
    }
    case 'positions': {
      const snapshot = fields.flag('snapshot');
      const withMargin = fields.flag('with_margin') ?? false;
      if (snapshot !== undefined && withMargin) {
        throw new FieldRefusal(UNIFIED_ERRORS.snapshotAndMargin);
      }
      const feed = new UnifiedPositionsFeed(futures, account, subscriber, snapshot ?? true);
      return attach(feed, { snapshot: snapshot ?? true, with_margin: withMargin });
    }
    case 'margin':
      refuseSnapshot(fields, channel);
      return attach(new UnifiedMarginFeed(futures, account, subscriber), {});
    case 'ledgers':
      refuseSnapshot(fields, channel);
      return attach(new UnifiedLedgersFeed(futures, account, subscriber), {});
    default: {
      const subscription = {
        snapOrders: fields.flag('snap_orders') ?? true,
        snapTrades: fields.flag('snap_trades') ?? fields.flag('snapshot_trades') ?? false,
        orderStatus: fields.flag('order_status') ?? true,
      };
      return attach(new UnifiedExecutionsFeed(futures, account, subscriber, subscription), {
        maxratecount: paper.maxRateCount,
        snap_orders: subscription.snapOrders,
        snap_trades: subscription.snapTrades,
        snapshot: subscription.snapOrders,
      });
    }
  }
}

function refuseSnapshot(fields: Fields, channel: string): void {
  if (fields.has('snapshot')) throw new FieldRefusal(UNIFIED_ERRORS.notValid('snapshot', channel));
}

function unsubscribe({ paper, futures, subscriber }: Parties, channel: string): PrivateAnswer {
  const side = channel === 'balances' ? paper.private : futures.private;
  if (!side.detach(channel, subscriber)) throw new FieldRefusal(WIRE_ERRORS.notSubscribed);
  if (paper.private.countOf(subscriber) + futures.private.countOf(subscriber) === 0) {
    paper.tokens.release(subscriber);
  }
  return { acks: [succeeded({ channel })] };
}
