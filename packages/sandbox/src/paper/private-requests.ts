import { type JsonObject, parseJson } from '@kr/schemas/json';
import type { Account } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { AccountActions } from './account-actions.ts';
import { type Ack, failed, succeeded } from './acks.ts';
import { BalancesFeed } from './balances-feed.ts';
import { ExecutionsFeed } from './executions-feed.ts';
import { errorOf, FieldRefusal, Fields, isObject } from './fields.ts';
import type { PaperDesk } from './paper-desk.ts';
import type { PrivateFeed } from './private-feeds.ts';
import { TRADING_METHODS } from './trading-methods.ts';

/** What to say, and what to do once it was said: a snapshot follows its acknowledgement. */
export interface PrivateAnswer {
  readonly acks: readonly Ack[];
  readonly afterwards?: (() => void) | undefined;
}

/** Answers a request for an account. Never throws for what a client can send. */
export function answerPrivate(
  desk: PaperDesk | undefined,
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
    const account = desk?.accountOf(token);
    if (desk === undefined || account === undefined) throw new FieldRefusal(WIRE_ERRORS.session);
    const method = typeof message['method'] === 'string' ? message['method'] : '';
    if (method === 'subscribe') return subscribe(desk, token, account, fields, subscriber);
    if (method === 'unsubscribe') return unsubscribe(desk, fields, subscriber);
    const known = TRADING_METHODS.get(method);
    if (known === undefined) throw new FieldRefusal(WIRE_ERRORS.methodUnsupported);
    fields.allow(known.fields, method);
    if (!desk.may(account.id, ...known.permissions)) {
      throw new FieldRefusal('EGeneral:Permission denied');
    }
    const said = known.act({ actions: new AccountActions(desk, account), fields });
    return { acks: Array.isArray(said) ? (said as readonly Ack[]) : [said as Ack] };
  } catch (error) {
    return { acks: [failed(errorOf(error))] };
  }
}

function subscribe(
  desk: PaperDesk,
  token: string,
  account: Account,
  fields: Fields,
  subscriber: Subscriber,
): PrivateAnswer {
  const channel = fields.text('channel') ?? '';
  if (desk.private.has(channel, subscriber)) throw new FieldRefusal(WIRE_ERRORS.alreadySubscribed);
  const { feed, result } =
    channel === 'balances'
      ? openBalances(desk, account, fields, subscriber)
      : openExecutions(desk, account, fields, subscriber);
  desk.tokens.hold(token, subscriber);
  return {
    acks: [succeeded({ channel, ...result })],
    afterwards: () => {
      desk.private.attach(feed);
    },
  };
}

interface Opened {
  readonly feed: PrivateFeed;
  /** What the acknowledgement says of it. */
  readonly result: object;
}

function openBalances(
  desk: PaperDesk,
  account: Account,
  fields: Fields,
  subscriber: Subscriber,
): Opened {
  const snapshot = fields.flag('snapshot') ?? true;
  return {
    feed: new BalancesFeed(desk.exchange, account, subscriber, snapshot && !ofAllUsers(fields)),
    result: { snapshot },
  };
}

/** What tells of all users of a master account begins without a snapshot. */
function ofAllUsers(fields: Fields): boolean {
  return fields.oneOf('users', ['all']) !== undefined;
}

function openExecutions(
  desk: PaperDesk,
  account: Account,
  fields: Fields,
  subscriber: Subscriber,
): Opened {
  const counts = fields.flag('ratecounter') ?? false;
  const subscription = {
    rateCount: counts
      ? (symbol: string): number => desk.counters.orderCount(account.id, symbol)
      : undefined,
    snapOrders: fields.flag('snap_orders') ?? fields.flag('snapshot') ?? true,
    snapTrades: fields.flag('snap_trades') ?? fields.flag('snapshot_trades') ?? false,
    orderStatus: fields.flag('order_status') ?? true,
  };
  return {
    feed: new ExecutionsFeed(
      account,
      subscriber,
      ofAllUsers(fields) ? { ...subscription, snapOrders: false, snapTrades: false } : subscription,
    ),
    result: {
      maxratecount: desk.maxRateCount,
      snap_orders: subscription.snapOrders,
      snap_trades: subscription.snapTrades,
      snapshot: subscription.snapOrders,
      warnings: [
        'cancel_reason is deprecated, use reason',
        'stop_price is deprecated, use triggers.price',
        'trigger is deprecated use triggers.reference',
        'triggered_price is deprecated use triggers.last_price',
      ],
    },
  };
}

function unsubscribe(desk: PaperDesk, fields: Fields, subscriber: Subscriber): PrivateAnswer {
  const channel = fields.text('channel') ?? '';
  if (!desk.private.detach(channel, subscriber)) throw new FieldRefusal(WIRE_ERRORS.notSubscribed);
  if (desk.private.countOf(subscriber) === 0) desk.tokens.release(subscriber);
  return { acks: [succeeded({ channel })] };
}
