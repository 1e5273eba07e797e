import { type Channel, malformed, textIn, type Wire } from './frame.ts';
import type { OrderEvent } from './types.ts';

export const LEVEL3_CHANNEL: Channel = {
  name: 'level3',
  firstWord: 0x6576_656c, // leve
  lastWord: 0x2c22_336c, // l3",
  typeAt: 28,
  readEntry: readOrder,
};

/** The orders of a snapshot name no event. */
function readOrder(order: Wire, snapshot: boolean): OrderEvent {
  const event = order?.['event'] ?? (snapshot && 'add');
  const orderId = textIn(order, 'order_id');
  if (event === 'delete') return { event, orderId };
  if (event !== 'add' && event !== 'modify') throw malformed('event', 'add, modify or delete');
  const price = textIn(order, 'limit_price');
  const quantity = textIn(order, 'order_qty');
  const timestamp = order?.['timestamp'];
  return {
    event,
    orderId,
    price,
    quantity,
    timestamp: typeof timestamp === 'string' ? timestamp : undefined,
  };
}
