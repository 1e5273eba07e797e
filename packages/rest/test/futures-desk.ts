import type { Heard } from './futures-exchange.ts';

export interface DeskOrder {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly orderType: string;
  readonly size: number;
  filled: number;
  state: 'open' | 'filled' | 'cancelled' | 'rejected';
}

type Row = Readonly<Record<string, unknown>>;
type Event = { readonly uid: string; readonly timestamp: number; readonly event: Row };

const SOME_TIME = '2026-01-01T00:00:00.000Z';
export const DESK_MS = 1_767_225_600_000;
const STATUS = {
  open: 'ENTERED_BOOK',
  filled: 'FULLY_EXECUTED',
  cancelled: 'CANCELLED',
  rejected: 'REJECTED',
};

/**
 * The account behind an exchange of Futures: what rests is seen, what is done is seen for a moment
 * only (`forget()` ends it), and the histories keep all of it, newest first, two elements a page.
 */
export class FuturesDesk {
  readonly orders: DeskOrder[] = [];
  readonly #recent = new Set<string>();
  readonly #history: Record<'orders' | 'executions' | 'triggers', Event[]> = {
    orders: [],
    executions: [],
    triggers: [],
  };
  #fills: Row[] = [];
  #lastId = 0;

  place(params: Row): DeskOrder {
    const orderType = String(params['orderType']);
    const order: DeskOrder = {
      orderId: `order-${this.orders.length + 1}`,
      clientOrderId: String(params['cliOrdId']),
      orderType,
      size: Number(params['size']),
      filled: 0,
      state: 'open',
    };
    this.orders.push(order);
    this.#recent.add(order.orderId);
    if (orderType === 'stp') this.#tell('triggers', { OrderTriggerPlaced: this.#trigger(order) });
    else if (orderType === 'post') this.refuse(order);
    else if (orderType === 'mkt') this.trade(order, order.size);
    else this.#tell('orders', { OrderPlaced: { order: wire(order), reason: 'new_user_order' } });
    return order;
  }

  trade(order: DeskOrder, size: number): void {
    const oldOrder = wire(order);
    order.filled += size;
    const isFull = order.filled >= order.size;
    if (isFull) order.state = 'filled';
    this.#fills.unshift(fillOf(order, size));
    this.#tell('executions', { Execution: { execution: executionOf(order, size) } });
    if (order.orderType === 'mkt') {
      this.#tell('orders', { OrderPlaced: { order: wire(order), reason: 'new_user_order' } });
    } else {
      const reason = isFull ? 'full_fill' : 'partial_fill';
      this.#tell('orders', { OrderUpdated: { oldOrder, newOrder: wire(order), reason } });
    }
  }

  cancel(order: DeskOrder): void {
    order.state = 'cancelled';
    if (order.orderType === 'stp') {
      this.#tell('triggers', { OrderTriggerCancelled: this.#trigger(order) });
    } else {
      this.#tell('orders', { OrderCancelled: { order: wire(order), reason: 'cancelled_by_user' } });
    }
  }

  refuse(order: DeskOrder): void {
    order.state = 'rejected';
    const orderError = 'POST_WOULD_EXECUTE';
    this.#tell('orders', { OrderRejected: { order: wire(order), orderError, reason: orderError } });
  }

  /** As when time has passed: what is done has left orders/status, its fills are not the last ones. */
  forget({ fills = false } = {}): void {
    for (const { orderId, state } of this.orders)
      if (state !== 'open') this.#recent.delete(orderId);
    if (fills) this.#fills = [];
  }

  says({ method, path, text }: Heard): object | undefined {
    const params = new URLSearchParams(text);
    const name = `${method} ${path.replace(/^.*\/v3/, '')}`;
    switch (name) {
      case 'GET /orders':
      case 'GET /executions':
      case 'GET /triggers':
        return this.#page(this.#history[name.slice(5) as 'orders'], params);
      case 'POST /orders/status':
        return { orders: this.#known(params.getAll('cliOrdIds')).map(statusOf) };
      case 'GET /openorders':
        return { openOrders: this.orders.filter(({ state }) => state === 'open').map(openOf) };
      case 'GET /fills':
        return { fills: this.#fills.slice(0, 100) };
      default:
        return undefined;
    }
  }

  #known(clientIds: readonly string[]): DeskOrder[] {
    return this.orders.filter(
      ({ orderId, clientOrderId }) =>
        this.#recent.has(orderId) && clientIds.includes(clientOrderId),
    );
  }

  #trigger(order: DeskOrder): object {
    const triggerOptions = { triggerPrice: '1', triggerSignal: 'MarkPrice', triggerSide: 'Below' };
    return {
      order: { ...wire(order), triggerOptions, orderType: 'StopLoss' },
      reason: 'new_user_order',
    };
  }

  #tell(kind: 'orders' | 'executions' | 'triggers', event: Row): void {
    this.#lastId += 1;
    const timestamp = DESK_MS + this.#lastId * 1000;
    this.#history[kind].unshift({ uid: `event-${this.#lastId}`, timestamp, event });
  }

  #page(events: readonly Event[], params: URLSearchParams): object {
    const since = Number(params.get('since') ?? 0);
    const token = params.get('continuation_token');
    const within = events.filter(({ timestamp }) => timestamp >= since);
    const from = token === null ? 0 : within.findIndex(({ uid }) => uid === token) + 1;
    const elements = within.slice(from, from + 2);
    const more = from + elements.length < within.length;
    const next = more ? { continuationToken: elements.at(-1)?.uid } : {};
    return { accountUid: 'account', len: elements.length, elements, ...next };
  }
}

/** As the histories print one: `quantity` is what is left. */
function wire(order: DeskOrder) {
  return {
    uid: order.orderId,
    accountUid: 'account',
    tradeable: 'PF_XBTUSD',
    direction: 'Buy',
    quantity: String(order.size - order.filled),
    filled: String(order.filled),
    timestamp: DESK_MS,
    limitPrice: '9400.0000000000',
    orderType: order.orderType === 'mkt' ? 'IoC' : 'Limit',
    clientId: order.clientOrderId,
    reduceOnly: false,
    lastUpdateTimestamp: DESK_MS,
  };
}

function executionOf(order: DeskOrder, size: number): object {
  return {
    uid: `execution-${order.orderId}`,
    order: wire(order),
    executionType: 'taker',
    timestamp: DESK_MS,
    quantity: String(size),
    price: '9400',
    limitFilled: false,
  };
}

function fillOf({ orderId, clientOrderId }: DeskOrder, size: number): Row {
  return {
    fill_id: `fill-${orderId}`,
    order_id: orderId,
    cliOrdId: clientOrderId,
    symbol: 'PF_XBTUSD',
    side: 'buy',
    size,
    price: 9400,
    fillTime: SOME_TIME,
    fillType: 'taker',
  };
}

function openOf({ orderId, clientOrderId, size, filled }: DeskOrder): object {
  return {
    order_id: orderId,
    cliOrdId: clientOrderId,
    status: filled === 0 ? 'untouched' : 'partiallyFilled',
    side: 'buy',
    orderType: 'lmt',
    symbol: 'PF_XBTUSD',
    limitPrice: 9400,
    filledSize: filled,
    unfilledSize: size - filled,
    reduceOnly: false,
    lastUpdateTime: SOME_TIME,
    receivedTime: SOME_TIME,
  };
}

function statusOf({ orderId, clientOrderId, size, filled, state }: DeskOrder): object {
  return {
    order: {
      type: 'ORDER',
      orderId,
      cliOrdId: clientOrderId,
      symbol: 'PF_XBTUSD',
      side: 'buy',
      quantity: size,
      filled,
      limitPrice: 9400,
      reduceOnly: false,
      timestamp: SOME_TIME,
      lastUpdateTimestamp: SOME_TIME,
      priceTriggerOptions: null,
      triggerTime: null,
    },
    status: STATUS[state],
    updateReason: null,
    error: null,
  };
}
