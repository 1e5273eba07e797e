import { createCredentials, createFuturesSigner } from '@kr/auth';
import { createSandboxKey } from '@kr/sandbox';
import { createDerivativesClient, type DerivativesClient } from '../src/derivatives/index.ts';
import { type Fill, type OrderFeed, type OrdersOptions, orders } from '../src/private/index.ts';
import { type Trading, trading } from '../src/trading/index.ts';
import { createUnifiedClient } from '../src/unified/index.ts';
import { AccountHarness } from './account-harness.ts';

export type DerivativesProtocol = 'futures-v1' | 'unified';
export const PROTOCOLS: readonly DerivativesProtocol[] = ['futures-v1', 'unified'];

const ORDER = { symbol: 'PF_XBTUSD', side: 'buy', order_qty: '0.02' };
export const MARKET = { ...ORDER, order_type: 'market' };
export const RESTING = { ...ORDER, order_type: 'limit', limit_price: '50000' };

type NewOrder = Parameters<Trading['add']>[0];

/** A client of either socket of derivatives, with a trader beside it and what was told of its own orders. */
export class DerivativesDesk implements AsyncDisposable {
  readonly harness: AccountHarness;
  readonly client: DerivativesClient;
  /** Over Unified, whatever the client speaks: futures v1 takes no orders. */
  readonly trader: Trading;
  /** The trader's own feed of orders. */
  readonly traderOrders: OrderFeed;
  readonly gaps: string[];
  readonly fills: Fill[] = [];
  readonly statuses: string[] = [];
  readonly #closings: (() => Promise<void>)[] = [];

  private constructor(
    protocol: DerivativesProtocol,
    options: { readonly redundancy?: 1 | 2 },
    harness: AccountHarness,
  ) {
    const { time, provider: tokens } = harness;
    const gaps: string[] = [];
    const common = { clock: time, timers: time, random: () => 0.5 };
    const credentials = createCredentials({
      ...createSandboxKey('desk futures'),
      venue: 'futures',
      environment: 'sandbox',
    });
    const client = createDerivativesClient({
      ...common,
      protocol,
      urls: { 'futures-v1': harness.futuresUrl, unified: harness.unified },
      tokens,
      challenge: createFuturesSigner({ credentials }),
      onGap: ({ reason, channel, to }) =>
        gaps.push([reason, channel, to === undefined ? 'opens' : 'closes'].join(' ')),
      ...options,
    });
    const other = createUnifiedClient({ ...common, url: harness.unified, tokens });
    this.#closings.push(
      () => client.close(),
      () => other.close(),
    );
    this.harness = harness;
    this.client = client;
    this.gaps = gaps;
    this.traderOrders = orders(other);
    let made = 0;
    this.trader = trading(other, {
      orders: this.traderOrders,
      reader: harness.futures,
      createClientOrderId: () => `kr-${(made += 1)}`,
    });
  }

  static async open(
    protocol: DerivativesProtocol,
    options: { readonly redundancy?: 1 | 2 } = {},
  ): Promise<DerivativesDesk> {
    const harness = await AccountHarness.open({ rate: 100 });
    const desk = new DerivativesDesk(protocol, options, harness);
    await harness.wait(desk.traderOrders.live());
    return desk;
  }

  /** The id of an order that was accepted. */
  async accepted(order: NewOrder): Promise<string> {
    const outcome = await this.harness.wait(this.trader.add(order));
    if (outcome.status !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.orderId;
  }

  /** One's own orders and fills, over the client. */
  async follow(options: OrdersOptions = {}): Promise<OrderFeed> {
    const own = orders(this.client, {
      onFill: (fill) => this.fills.push(fill),
      onStatus: ({ to }) => this.statuses.push(to),
      ...options,
    });
    await this.harness.wait(own.live());
    return own;
  }

  /** The sum of the fills that were told. */
  get filled(): string {
    return this.fills.reduce((sum, { quantity }) => sum + Number(quantity), 0).toFixed(4);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { harness } = this;
    await harness.wait(Promise.all(this.#closings.map((close) => close())));
    await harness[Symbol.asyncDispose]();
  }
}
