import { WIRE_ERRORS } from './errors.ts';
import type { Subscription } from './subscription.ts';

/** What an acknowledgement repeats of its request: the text of `req_id` as it came, digits and all. */
export interface AckEnvelope {
  readonly method?: string | undefined;
  readonly reqId?: string | undefined;
  /** RFC 3339 with microseconds: when the request came in. */
  readonly timeIn: string;
  readonly timeOut: string;
}

/**
 * Keys stand in alphabetical order, as in every acknowledgement seen on the wire
 * (`error, method, req_id, result, success, symbol, time_in, time_out`).
 */
export function ackOf(
  ack: AckEnvelope,
  parts: {
    readonly error?: string | undefined;
    readonly ordersCancelled?: number | undefined;
    /** JSON. */
    readonly result?: string | undefined;
    readonly success?: boolean | undefined;
    readonly symbol?: string | undefined;
  },
): string {
  const fields: string[] = [];
  if (parts.error !== undefined) fields.push(`"error":${JSON.stringify(parts.error)}`);
  if (ack.method !== undefined) fields.push(`"method":${JSON.stringify(ack.method)}`);
  if (parts.ordersCancelled !== undefined) {
    fields.push(`"orders_cancelled":${parts.ordersCancelled}`);
  }
  if (ack.reqId !== undefined) fields.push(`"req_id":${ack.reqId}`);
  if (parts.result !== undefined) fields.push(`"result":${parts.result}`);
  // (seen) of this refusal alone
  if (parts.error === WIRE_ERRORS.session) fields.push('"status":"error"');
  if (parts.success !== undefined) fields.push(`"success":${parts.success}`);
  if (parts.symbol !== undefined) fields.push(`"symbol":${JSON.stringify(parts.symbol)}`);
  fields.push(`"time_in":"${ack.timeIn}"`, `"time_out":"${ack.timeOut}"`);
  return `{${fields.join(',')}}`;
}

/** A refusal. `symbol` only where the real one carries it: the answers about a currency pair do, "Already subscribed" does not. */
export function errorAck(ack: AckEnvelope, error: string, symbol?: string): string {
  return ackOf(ack, { error, success: false, symbol });
}

/** The answer to `ping`: no `success`, no `result`. */
export function pongAck(ack: AckEnvelope): string {
  return ackOf({ ...ack, method: 'pong' }, {});
}

/** One symbol's accepted subscription; `hasTriggers`: the socket knows what triggers a ticker, and says so. */
export function subscribeAck(
  ack: AckEnvelope,
  subscription: Subscription,
  hasTriggers: boolean,
): string {
  return ackOf(ack, { result: subscribeResult(subscription, hasTriggers), success: true });
}

/** One symbol's ended subscription: the same result without `snapshot` and warnings. */
export function unsubscribeAck(
  ack: AckEnvelope,
  subscription: Subscription,
  hasTriggers: boolean,
): string {
  return ackOf(ack, { result: unsubscribeResult(subscription, hasTriggers), success: true });
}

function subscribeResult(subscription: Subscription, hasTriggers: boolean): string {
  const { channel, snapshot } = subscription;
  if (channel === 'instrument') {
    return `{"channel":"instrument","snapshot":${snapshot},"warnings":["tick_size is deprecated, use price_increment"]}`;
  }
  const warnings =
    channel === 'ohlc' ? ',"warnings":["timestamp is deprecated, use interval_begin"]' : '';
  return `{${parameters(subscription, hasTriggers)},"snapshot":${snapshot},"symbol":"${subscription.symbol}"${warnings}}`;
}

function unsubscribeResult(subscription: Subscription, hasTriggers: boolean): string {
  return subscription.channel === 'instrument'
    ? '{"channel":"instrument"}'
    : `{${parameters(subscription, hasTriggers)},"symbol":"${subscription.symbol}"}`;
}

/** The channel and what a subscription of it is told apart by. */
function parameters(subscription: Subscription, hasTriggers: boolean): string {
  const channel = `"channel":"${subscription.channel}"`;
  if (subscription.channel === 'book' || subscription.channel === 'level3') {
    return `${channel},"depth":${subscription.depth}`;
  }
  if (subscription.channel === 'ohlc') return `${channel},"interval":${subscription.interval}`;
  if (subscription.channel === 'ticker' && hasTriggers) {
    return `${channel},"event_trigger":"${subscription.eventTrigger}"`;
  }
  return channel;
}
