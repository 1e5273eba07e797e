import { assertOrder } from '@kr/rest';
import type { Order } from '@kr/schemas/rest';
import { confirm } from '../../confirm.ts';
import { CliError } from '../../errors.ts';
import { type CommandResult, recordResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { describeOpen } from './describe.ts';
import { type Desk, idParams, openDesk } from './desk.ts';
import { findOpen } from './find.ts';
import { withOrderId } from './outcome.ts';

export interface AmendOptions {
  readonly price?: string;
  readonly volume?: string;
  readonly display?: string;
  readonly trigger?: string;
  readonly postOnly?: boolean;
  readonly validate?: boolean;
}

/** Changes an order in its place: it keeps its id, and its priority where the exchange lets it. */
export const amendOrder = async (
  session: Session,
  options: AmendOptions,
  id: string,
): Promise<CommandResult> => {
  const { price, volume, display, trigger } = options;
  const said = [
    price === undefined ? '' : `price to ${price}`,
    volume === undefined ? '' : `volume to ${volume}`,
    display === undefined ? '' : `shown to ${display}`,
    trigger === undefined ? '' : `trigger to ${trigger}`,
    options.postOnly === true ? 'post only' : '',
  ].filter((part) => part !== '');
  const changes = {
    ...(price === undefined ? {} : { limit_price: price }),
    ...(volume === undefined ? {} : { order_qty: volume }),
    ...(display === undefined ? {} : { display_qty: display }),
    ...(trigger === undefined ? {} : { trigger_price: trigger }),
    ...(options.postOnly === true ? { post_only: true } : {}),
  };
  if (Object.keys(changes).length === 0) {
    throw new CliError('validation', 'Nothing was said of what to change.', {
      hint: 'Give --price, --volume, --display or --trigger.',
    });
  }
  const desk = await openDesk(session);
  const signal = session.io.interrupted;
  const { orderId, order } = await findOpen(desk.client, id, signal);
  assertChange(desk, order, { price, volume });
  const summary = `amend ${orderId}, ${describeOpen(order, desk)}: ${said.join(', ')}`;
  if (options.validate === true)
    return recordResult({ status: 'valid', order_id: orderId, summary });
  await confirm(summary, session);
  const { amend_id } = await withOrderId(id, () =>
    desk.client.amendOrder({ ...idParams(id), ...changes }, { signal }),
  );
  return recordResult({ status: 'amended', order_id: orderId, amend_id, summary });
};

/** @throws RestError `INVALID_ORDER` when the changed order would break a limit of its instrument */
const assertChange = (
  { instruments }: Desk,
  { descr, vol }: Order,
  { price = descr.price, volume = vol }: { price: string | undefined; volume: string | undefined },
): void => {
  const instrument = instruments.get(descr.pair);
  if (instrument === undefined) return;
  assertOrder(instrument, { type: descr.type, ordertype: descr.ordertype, price, volume });
};
