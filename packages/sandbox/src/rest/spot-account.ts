import { multiplyDecimals } from '@kr/orderbook/decimal';
import type { Clock } from '@kr/schemas/shared';
import type { WireParams } from './request-params.ts';
import { textOf } from './request-params.ts';

export interface SandboxOrder {
  readonly txid: string;
  readonly clientOrderId: string | undefined;
  readonly pair: string;
  readonly params: WireParams;
  status: 'open' | 'closed' | 'canceled';
  readonly openedNs: bigint;
  changedNs: bigint;
  volume: string;
}

export interface SandboxRow {
  readonly id: string;
  /** Seconds. */
  readonly time: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One account: its orders, fills and ledger, in memory. Market orders fill at once, others rest. */
export class SpotAccount {
  readonly orders = new Map<string, SandboxOrder>();
  /** Oldest first. */
  readonly trades: SandboxRow[] = [];
  /** Oldest first. */
  readonly ledger: SandboxRow[] = [];
  readonly #clock: Clock;
  #lastId = 0;
  /** When all orders will be cancelled, on the monotonic clock. */
  switchAtNs: bigint | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nowSeconds(): number {
    return Number(this.#clock.wallNs() / 1000n) / 1e6;
  }

  place(params: WireParams): SandboxOrder {
    const now = this.#clock.monotonicNs();
    const order: SandboxOrder = {
      txid: this.#nextId('O'),
      clientOrderId: textOf(params['cl_ord_id']),
      pair: textOf(params['pair']) ?? '',
      params,
      status: 'open',
      openedNs: this.#clock.wallNs(),
      changedNs: now,
      volume: textOf(params['volume']) ?? '0',
    };
    this.orders.set(order.txid, order);
    if (params['ordertype'] === 'market') this.fill(order.txid);
    return order;
  }

  /** Fills all of an open order at its price. */
  fill(txid: string): void {
    const order = this.orders.get(txid);
    if (order === undefined || order.status !== 'open') return;
    order.status = 'closed';
    const price = textOf(order.params['price']) ?? '30000.0';
    const id = this.#nextId('T');
    this.trades.push({
      id,
      time: this.nowSeconds(),
      body: {
        ordertxid: txid,
        postxid: 'TKH2SE-M7IF5-CFI7LT',
        pair: order.pair,
        time: this.nowSeconds(),
        type: order.params['type'],
        ordertype: order.params['ordertype'],
        price,
        cost: multiplyDecimals(price, order.volume),
        fee: '0.00000',
        vol: order.volume,
        margin: '0.00000',
        leverage: '0',
        misc: '',
        trade_id: this.#lastId,
        maker: false,
      },
    });
  }

  /** By order id or client order id. */
  find(id: string): SandboxOrder | undefined {
    const order = this.orders.get(id);
    if (order !== undefined) return order;
    return [...this.orders.values()].findLast(({ clientOrderId }) => clientOrderId === id);
  }

  cancel(order: SandboxOrder): void {
    if (order.status === 'open') order.status = 'canceled';
  }

  /** What the dead man's switch does when its time has come. */
  applySwitch(): void {
    if (this.switchAtNs === undefined || this.#clock.monotonicNs() < this.switchAtNs) return;
    this.switchAtNs = undefined;
    for (const order of this.orders.values()) this.cancel(order);
  }

  addLedger(body: Readonly<Record<string, unknown>> = {}): void {
    const time = this.nowSeconds();
    this.ledger.push({
      id: this.#nextId('L'),
      time,
      body: {
        refid: this.#nextId('R'),
        time,
        type: 'deposit',
        subtype: '',
        aclass: 'currency',
        asset: 'ZUSD',
        amount: '1.0000',
        fee: '0.0000',
        balance: '1.0000',
        ...body,
      },
    });
  }

  #nextId(letter: string): string {
    this.#lastId += 1;
    const digits = String(this.#lastId).padStart(16, '0');
    return `${letter}${digits.slice(0, 5)}-${digits.slice(5, 10)}-${digits.slice(10)}`;
  }
}
