import { type JsonObject, parseJson } from '@kr/schemas/json';
import type { Subscriber } from '../market-source.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { type Ack, failed, succeeded } from './acks.ts';
import { errorOf, FieldRefusal, Fields, isObject } from './fields.ts';
import type { PaperDesk } from './paper-desk.ts';
import type { PrivateSubscription } from './private-feeds.ts';
import { TRADING_METHODS } from './trading-methods.ts';

/** Of a Pro account: the threshold of the trading rate counter. */
const MAX_RATE_COUNT = 180;

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
    if (method === 'subscribe') return subscribe(desk, token, fields, subscriber);
    if (method === 'unsubscribe') return unsubscribe(desk, fields, subscriber);
    const known = TRADING_METHODS.get(method);
    if (known === undefined) throw new FieldRefusal(WIRE_ERRORS.methodUnsupported);
    fields.allow(known.fields, method);
    if (!desk.may(account.id, ...known.permissions)) {
      throw new FieldRefusal('EGeneral:Permission denied');
    }
    const said = known.act({ desk, account, fields });
    return { acks: Array.isArray(said) ? (said as readonly Ack[]) : [said as Ack] };
  } catch (error) {
    return { acks: [failed(errorOf(error))] };
  }
}

function subscribe(
  desk: PaperDesk,
  token: string,
  fields: Fields,
  subscriber: Subscriber,
): PrivateAnswer {
  const subscription = readSubscription(fields);
  const { channel } = subscription;
  if (desk.private.has(channel, subscriber)) throw new FieldRefusal(WIRE_ERRORS.alreadySubscribed);
  const account = desk.accountOf(token);
  desk.tokens.hold(token, subscriber);
  const result =
    subscription.channel === 'balances'
      ? { channel, snapshot: subscription.snapshot }
      : {
          channel,
          maxratecount: MAX_RATE_COUNT,
          snap_orders: subscription.snapOrders,
          snap_trades: subscription.snapTrades,
          snapshot: subscription.snapOrders,
          warnings: [
            'cancel_reason is deprecated, use reason',
            'stop_price is deprecated, use triggers.price',
            'trigger is deprecated use triggers.reference',
            'triggered_price is deprecated use triggers.last_price',
          ],
        };
  return {
    acks: [succeeded(result)],
    afterwards: () => {
      if (account !== undefined) desk.private.attach(account, subscription, subscriber);
    },
  };
}

function unsubscribe(desk: PaperDesk, fields: Fields, subscriber: Subscriber): PrivateAnswer {
  const { channel } = readSubscription(fields);
  if (!desk.private.detach(channel, subscriber)) throw new FieldRefusal(WIRE_ERRORS.notSubscribed);
  const others = channel === 'balances' ? 'executions' : 'balances';
  if (!desk.private.has(others, subscriber)) desk.tokens.release(subscriber);
  return { acks: [succeeded({ channel })] };
}

function readSubscription(fields: Fields): PrivateSubscription {
  if (fields.text('channel') === 'balances') {
    return { channel: 'balances', snapshot: fields.flag('snapshot') ?? true };
  }
  return {
    channel: 'executions',
    snapOrders: fields.flag('snap_orders') ?? fields.flag('snapshot') ?? true,
    snapTrades: fields.flag('snap_trades') ?? fields.flag('snapshot_trades') ?? false,
    orderStatus: fields.flag('order_status') ?? true,
  };
}
