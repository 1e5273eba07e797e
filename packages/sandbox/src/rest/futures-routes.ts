import { textOf, textsOf, type WireParams } from './request-params.ts';

export interface FuturesOrder {
  readonly orderId: string;
  readonly clientOrderId: string | undefined;
  readonly symbol: string;
  /** A market order fills at once, others rest. */
  readonly isFilled: boolean;
}

export interface FuturesElement {
  readonly uid: string;
  readonly timestamp: number;
}

/** The futures side: orders and a history to page through. */
export class FuturesAccount {
  readonly orders: FuturesOrder[] = [];
  /** Oldest first. */
  readonly elements: FuturesElement[] = [];

  /** The answer's body, without envelope; `undefined` for what is not answered here. */
  answer(method: string, path: string, params: WireParams): object | undefined {
    switch (`${method} ${path}`) {
      case 'GET /derivatives/api/v3/accounts':
        return { accounts: {} };
      case 'GET /derivatives/api/v3/tickers/PF_XBTUSD':
        return { ticker: TICKER };
      case 'GET /derivatives/api/v3/instruments':
        return { instruments: [INSTRUMENT] };
      case 'POST /derivatives/api/v3/sendorder':
        return { sendStatus: this.#send(params) };
      case 'POST /derivatives/api/v3/orders/status':
        return { orders: this.#known(params).map(statusBody) };
      case 'GET /derivatives/api/v3/openorders':
        return { openOrders: this.orders.filter(({ isFilled }) => !isFilled).map(openBody) };
      case 'GET /derivatives/api/v3/fills':
        return { fills: this.orders.filter(({ isFilled }) => isFilled).map(fillBody) };
      case 'GET /api/history/v3/orders':
        return this.#page(params);
      default:
        return undefined;
    }
  }

  #send(params: WireParams): object {
    const clientOrderId = textOf(params['cliOrdId']);
    if (!(Number(params['size']) > 0)) return { status: 'invalidSize' };
    if (!/^(?:buy|sell)$/.test(textOf(params['side']) ?? '')) return { status: 'invalidSide' };
    const number = String(this.orders.length + 1).padStart(12, '0');
    const orderId = `00000000-0000-4000-8000-${number}`;
    this.orders.push({
      orderId,
      clientOrderId,
      symbol: textOf(params['symbol']) ?? '',
      isFilled: params['orderType'] === 'mkt',
    });
    return {
      order_id: orderId,
      cliOrdId: clientOrderId ?? null,
      status: 'placed',
      orderEvents: [],
    };
  }

  #known(params: WireParams): FuturesOrder[] {
    const ids = new Set(textsOf(params['orderIds']));
    const clientIds = new Set(textsOf(params['cliOrdIds']));
    return this.orders.filter(
      ({ orderId, clientOrderId }) => ids.has(orderId) || clientIds.has(clientOrderId ?? ''),
    );
  }

  /** Newest first; the token is the uid after which to go on. */
  #page(params: WireParams): object {
    const newest = this.elements.toReversed();
    const token = textOf(params['continuation_token']);
    const from = token === undefined ? 0 : newest.findIndex(({ uid }) => uid === token) + 1;
    const shown = newest.slice(from, from + Number(params['count'] ?? 100));
    const more = from + shown.length < newest.length;
    return {
      accountUid: '00000000-0000-4000-8000-00000000000a',
      len: shown.length,
      elements: shown.map((element) => ({ ...element, event: {} })),
      ...(more ? { continuationToken: shown.at(-1)?.uid } : {}),
    };
  }
}

const TICKER = {
  symbol: 'PF_XBTUSD',
  tag: 'perpetual',
  pair: 'XBT:USD',
  last: 30000.5,
  markPrice: 30000.1,
  indexPrice: 30000.2,
  vol24h: 1234.5,
  volumeQuote: 37035617.25,
  openInterest: 250.25,
  suspended: false,
  postOnly: false,
};

const INSTRUMENT = {
  symbol: 'PF_XBTUSD',
  type: 'flexible_futures',
  tickSize: 1,
  contractSize: 1,
  contractValueTradePrecision: 4,
  maxPositionSize: 1_000_000,
  tradeable: true,
};
const SOME_TIME = '2026-01-01T00:00:00.000Z';

function openBody({ orderId, clientOrderId, symbol }: FuturesOrder): object {
  return {
    order_id: orderId,
    cliOrdId: clientOrderId,
    status: 'untouched',
    side: 'buy',
    orderType: 'lmt',
    symbol,
    limitPrice: 9400,
    filledSize: 0,
    unfilledSize: 1,
    reduceOnly: false,
    lastUpdateTime: SOME_TIME,
    receivedTime: SOME_TIME,
  };
}

function statusBody({ orderId, clientOrderId, symbol, isFilled }: FuturesOrder): object {
  return {
    order: {
      type: 'ORDER',
      orderId,
      cliOrdId: clientOrderId ?? null,
      symbol,
      side: 'buy',
      quantity: 1,
      filled: isFilled ? 1 : 0,
      limitPrice: 9400,
      reduceOnly: false,
      timestamp: SOME_TIME,
      lastUpdateTimestamp: SOME_TIME,
      priceTriggerOptions: null,
      triggerTime: null,
    },
    status: isFilled ? 'FULLY_EXECUTED' : 'ENTERED_BOOK',
    updateReason: null,
    error: null,
  };
}

function fillBody({ orderId, clientOrderId, symbol }: FuturesOrder): object {
  return {
    fill_id: `fill-${orderId}`,
    order_id: orderId,
    cliOrdId: clientOrderId,
    symbol,
    side: 'buy',
    size: 1,
    price: 9400,
    fillTime: SOME_TIME,
    fillType: 'taker',
  };
}
