import { assertOrder, type NewOrder, quantize } from '@kr/rest';
import { confirm } from '../../confirm.ts';
import { CliError } from '../../errors.ts';
import { type CommandResult, recordResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { describeOrder } from './describe.ts';
import { openDesk } from './desk.ts';
import { marketNow } from './market-now.ts';
import { assertAccepted } from './outcome.ts';

export interface AddOptions {
  readonly type?: string;
  readonly price?: string;
  readonly price2?: string;
  readonly display?: string;
  readonly timeInForce?: string;
  readonly expires?: string;
  readonly postOnly?: boolean;
  readonly reduceOnly?: boolean;
  readonly leverage?: string;
  readonly clientOrderId?: string;
  readonly deadline?: number;
  readonly round?: boolean;
  readonly validate?: boolean;
}

export const addOrder = async (
  session: Session,
  options: AddOptions,
  side: string,
  volume: string,
  name: string,
): Promise<CommandResult> => {
  const desk = await openDesk(session);
  const pair = desk.listing.pair(name);
  const wanted = { ...orderOf(options, session), type: side, volume, pair: pair.restId };
  const instrument = desk.instruments.get(pair.restId);
  const order =
    options.round === true && instrument !== undefined ? quantize(instrument, wanted) : wanted;
  const summary = describeOrder(order, pair);
  const signal = session.io.interrupted;
  if (options.validate === true) {
    const { descr } = await desk.orders.validate(order, { signal });
    return recordResult({ status: 'valid', order: descr.order, summary });
  }
  // Nobody is asked about an order that cannot be sent.
  if (instrument !== undefined) assertOrder(instrument, order);
  await confirm(summary, session, () => marketNow(desk, order, pair, session));
  const { clientOrderId } = options;
  const outcome = await desk.orders.place(order, {
    signal,
    ...(clientOrderId === undefined ? {} : { clientOrderId }),
  });
  const { orderId } = assertAccepted(outcome);
  return recordResult({
    status: outcome.status,
    order_id: orderId,
    client_order_id: outcome.clientOrderId,
    summary,
  });
};

/** What was typed, in the exchange's words. */
const orderOf = (
  options: AddOptions,
  { io }: Session,
): Omit<NewOrder, 'type' | 'volume' | 'pair'> => {
  const { price, price2, type = price === undefined ? 'market' : 'limit' } = options;
  if (type !== 'market' && price === undefined) {
    throw new CliError('validation', `A ${type} order needs a price.`, { hint: 'Add --price.' });
  }
  const deadlineMs =
    options.deadline === undefined
      ? undefined
      : Number(io.clock.wallNs() / 1_000_000n) + options.deadline;
  return {
    ordertype: type,
    ...(price === undefined ? {} : { price }),
    ...(price2 === undefined ? {} : { price2 }),
    ...(options.display === undefined ? {} : { displayvol: options.display }),
    ...(options.timeInForce === undefined ? {} : { timeinforce: options.timeInForce }),
    ...(options.expires === undefined ? {} : { expiretm: options.expires }),
    ...(options.postOnly === true ? { oflags: 'post' } : {}),
    ...(options.reduceOnly === true ? { reduce_only: true } : {}),
    ...(options.leverage === undefined ? {} : { leverage: options.leverage }),
    ...(deadlineMs === undefined ? {} : { deadline: new Date(deadlineMs).toISOString() }),
  };
};
