import { compareDecimals } from '@kr/orderbook/decimal';
import type { Fault } from '@kr/sandbox';
import type { Order } from '@kr/schemas/rest';
import type { OrderOutcome } from '@kr/schemas/shared';
import { type BalanceFeed, balances, type OrderFeed, orders } from '../src/private/index.ts';
import { type NewOrder, type Trading, trading } from '../src/trading/index.ts';
import { AccountHarness, type AccountOptions } from './account-harness.ts';

/** What went wrong in a script; empty when all is well. */
export interface TradingResult {
  readonly wrong: readonly string[];
  readonly sent: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly fills: number;
  readonly faults: number;
}

/** What became of one intent, as far as the desk knows. */
interface Intent {
  outcome: OrderOutcome | 'notSent' | undefined;
}

/** Simulated time in which everything must be well again once the faults are over. */
const RECOVERY_MS = 240_000;
/** Nothing acts any more then: time may run in larger steps. */
const REST_STEP_MS = 200;

/**
 * A desk that trades on a market under seeded faults, over real sockets and in time that only the
 * script moves. Whatever was said of an order must be so in the books of the exchange: none is there
 * twice, none that was accepted is missing, each fill was told once, and what is shown in the end is
 * what REST says.
 */
export class TradingScript {
  readonly harness: AccountHarness;
  readonly feed: OrderFeed;
  readonly funds: BalanceFeed;
  readonly desk: Trading;
  readonly wrong: string[] = [];
  readonly #random: () => number;
  readonly #intents = new Map<string, Intent>();
  readonly #fills = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();

  private constructor(harness: AccountHarness, random: () => number) {
    this.harness = harness;
    this.#random = random;
    this.feed = orders(harness.client, {
      reader: harness.spot,
      maxClosed: 10_000,
      onFill: ({ executionId }) => {
        this.#fills.set(executionId, (this.#fills.get(executionId) ?? 0) + 1);
      },
    });
    this.funds = balances(harness.client);
    this.desk = trading(harness.client, {
      orders: this.feed,
      reader: harness.spot,
      createClientOrderId: () => `kr-${this.#intents.size}`,
      onIntent: ({ clientOrderId }) => {
        this.#intents.set(clientOrderId, { outcome: undefined });
      },
    });
  }

  static async open(random: () => number, options: AccountOptions = {}): Promise<TradingScript> {
    const seed = Math.floor(random() * 1e9);
    const harness = await AccountHarness.open({ seed, rate: 5, ...options });
    const script = new TradingScript(harness, random);
    await harness.wait(Promise.all([script.feed.live(), script.funds.live()]));
    return script;
  }

  get isUp(): boolean {
    return this.harness.client.connections.some(({ state }) => state === 'open');
  }

  /** One thing of those that a desk does. */
  act(): void {
    const open = this.feed.open.filter(({ clientOrderId }) => clientOrderId !== undefined);
    const one = open[Math.floor(this.#random() * open.length)];
    const luck = this.#random();
    if (luck < 0.55 || one === undefined) this.#add(luck < 0.2);
    else if (luck < 0.7) void this.#do(() => this.desk.cancel({ order_id: one.orderId }));
    else if (luck < 0.85) {
      void this.#do(() => this.desk.amend({ order_id: one.orderId, order_qty: '0.003' }));
    } else if (luck < 0.9) void this.#do(() => this.desk.cancelAll());
    else this.#addBatch();
  }

  inject(): void {
    const { stats } = this.harness.sandbox;
    for (const fault of pickFaults(this.#random, stats.connections.total)) {
      this.harness.sandbox.faults.inject(fault);
    }
  }

  /** No fault happens any more: everything comes to rest, and what is unknown is looked up. */
  async comeToRest(): Promise<void> {
    const { harness, feed, funds } = this;
    harness.sandbox.faults.clear();
    const isWell = (): boolean =>
      feed.status === 'live' && funds.status === 'live' && this.#underWay.size === 0;
    if (!(await harness.run(RECOVERY_MS, isWell, REST_STEP_MS))) {
      this.wrong.push(`not well again: ${feed.status} ${funds.status} ${this.#underWay.size}`);
    }
    // A numbered message that was lost shows with the next one: this makes one in both channels.
    const order = { order_type: 'market', side: 'buy', order_qty: '0.002', symbol: 'BTC/USD' };
    const id = `last-${this.#intents.size}`;
    void this.#do(() =>
      this.#say([id], async () => [await this.desk.add(order, { clientOrderId: id })]),
    );
    await harness.run(2000);
    if (!(await harness.run(RECOVERY_MS, isWell, REST_STEP_MS))) {
      this.wrong.push(`not well after the last: ${feed.status} ${funds.status}`);
    }
    for (const [clientOrderId, intent] of this.#intents) {
      if (intent.outcome === undefined) this.wrong.push(`${clientOrderId} has no outcome`);
      if (typeof intent.outcome !== 'object' || intent.outcome.status !== 'unknown') continue;
      const found = await harness.wait(
        this.desk.reconcile({ clientOrderId }, { attempts: 2 }),
        RECOVERY_MS,
        REST_STEP_MS,
      );
      if (found.status === 'found') {
        const { orderId } = found;
        intent.outcome = { status: 'accepted', clientOrderId, orderId, warnings: [] };
      }
    }
  }

  /** Compares what was said and shown with the books of the exchange. */
  async check(): Promise<void> {
    const { harness, feed, funds, wrong } = this;
    const { spot } = harness;
    const { open } = await harness.wait(spot.openOrders(), RECOVERY_MS, REST_STEP_MS);
    const placed = new Map<string, string[]>();
    for (const [orderId, order] of [...Object.entries(open), ...(await this.#closed())]) {
      const id = order.cl_ord_id ?? '';
      placed.set(id, [...(placed.get(id) ?? []), orderId]);
    }
    for (const [id, { outcome }] of this.#intents) {
      const ids = placed.get(id) ?? [];
      if (ids.length > 1) wrong.push(`${id} was placed ${ids.length} times`);
      const said = typeof outcome === 'object' ? outcome.status : outcome;
      const isPlaced = ids.length > 0;
      if (said === 'accepted' && !isPlaced) wrong.push(`${id} was accepted and is nowhere`);
      if (said !== 'accepted' && isPlaced) wrong.push(`${id} is ${String(said)} and was placed`);
    }
    const shown = feed.open.map(({ orderId }) => orderId).toSorted();
    if (shown.join() !== Object.keys(open).toSorted().join()) {
      wrong.push(`open: ${shown.length} shown, ${Object.keys(open).length} are`);
    }
    for (const order of feed.open) {
      const { vol_exec: filled = '' } = open[order.orderId] ?? {};
      if (filled !== '' && compareDecimals(filled, order.filledQuantity) !== 0) {
        wrong.push(`${order.orderId}: ${order.filledQuantity} shown as filled, ${filled} is`);
      }
    }
    if (feed.unknown.length > 0) wrong.push(`${feed.unknown.length} orders are unknown`);
    await this.#checkFills();
    const rest = await harness.wait(spot.balance(), RECOVERY_MS, REST_STEP_MS);
    for (const [asset, name] of [
      ['USD', 'ZUSD'],
      ['BTC', 'XXBT'],
    ] as const) {
      const total = funds.get(asset)?.total ?? '0';
      if (compareDecimals(total, rest[name] ?? '0') !== 0) {
        wrong.push(`${asset}: ${total} shown, ${String(rest[name])} is`);
      }
    }
  }

  async close(): Promise<TradingResult> {
    const { faults } = this.harness.sandbox.stats;
    await this.harness[Symbol.asyncDispose]();
    if (this.harness.time.armed > 0) this.wrong.push(`${this.harness.time.armed} timers left`);
    const outcomes: Record<string, number> = {};
    for (const { outcome } of this.#intents.values()) {
      const said = typeof outcome === 'object' ? outcome.status : String(outcome);
      outcomes[said] = (outcomes[said] ?? 0) + 1;
    }
    const sent = this.#intents.size;
    return { wrong: this.wrong.slice(0, 10), sent, outcomes, fills: this.#fills.size, faults };
  }

  async #checkFills(): Promise<void> {
    const { harness, wrong } = this;
    const trades = new Set<string>();
    for (let ofs = 0; ; ofs += 50) {
      const page = await harness.wait(
        harness.spot.tradesHistory({ ofs }),
        RECOVERY_MS,
        REST_STEP_MS,
      );
      for (const id of Object.keys(page.trades)) trades.add(id);
      if (Object.keys(page.trades).length < 50) break;
    }
    const missing = [...trades].filter((id) => !this.#fills.has(id)).length;
    const twice = [...this.#fills.values()].filter((count) => count > 1).length;
    if (missing > 0) wrong.push(`${missing} of ${trades.size} fills were not told`);
    if (twice > 0) wrong.push(`${twice} fills were told twice`);
    if (this.#fills.size > trades.size) wrong.push('fills were told that there are not');
  }

  async #closed(): Promise<[string, Order][]> {
    const { harness } = this;
    const found: [string, Order][] = [];
    for (let ofs = 0; ; ofs += 50) {
      const page = await harness.wait(
        harness.spot.closedOrders({ ofs }),
        RECOVERY_MS,
        REST_STEP_MS,
      );
      const rows = Object.entries(page.closed);
      found.push(...rows);
      if (rows.length < 50) return found;
    }
  }

  #add(isMarket: boolean): void {
    const [order] = this.#orders(1, isMarket);
    if (order === undefined) return;
    const known = new Set(this.#intents.keys());
    void this.#do(async () => {
      const clientOrderId = `kr-${known.size}-${Math.floor(this.#random() * 1e9)}`;
      await this.#say([clientOrderId], async () => [await this.desk.add(order, { clientOrderId })]);
    });
  }

  #addBatch(): void {
    const rows = this.#orders(2, false).map((order) => ({ ...order, symbol: undefined }));
    const before = new Set(this.#intents.keys());
    void this.#do(async () => {
      const answers = this.desk.addBatch('BTC/USD', rows);
      const ids = [...this.#intents.keys()].filter((id) => !before.has(id));
      await this.#say(ids, () => answers);
    });
  }

  #orders(count: number, isMarket: boolean): NewOrder[] {
    const side = this.#random() < 0.5 ? 'buy' : 'sell';
    const base = { symbol: 'BTC/USD', side, order_qty: '0.002' };
    if (isMarket) return [{ ...base, order_type: 'market' }];
    const limit_price = side === 'buy' ? '20000.0' : '200000.0';
    return Array.from({ length: count }, () => ({ ...base, order_type: 'limit', limit_price }));
  }

  async #say(ids: readonly string[], send: () => Promise<OrderOutcome[]>): Promise<void> {
    try {
      for (const outcome of await send()) {
        const intent = this.#intents.get(outcome.clientOrderId);
        if (intent === undefined) this.wrong.push(`${outcome.clientOrderId} was not told before`);
        else intent.outcome = outcome;
      }
    } catch (error) {
      for (const id of ids) this.#intents.set(id, { outcome: 'notSent' });
      if (!(error instanceof Error) || error.name !== 'WsError') throw error;
    }
  }

  async #do(act: () => Promise<unknown>): Promise<void> {
    const done = (async (): Promise<void> => {
      try {
        await act();
      } catch (error) {
        // What was not sent is no fault of ours.
        if (!(error instanceof Error) || error.name !== 'WsError') {
          this.wrong.push(`threw ${String(error)}`);
        }
      }
    })();
    this.#underWay.add(done);
    await done;
    this.#underWay.delete(done);
  }
}

/** One fault, or a few that belong together. */
function pickFaults(random: () => number, connection: number): Fault[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const own = pick(['executions', 'balances'] as const);
  const choices: (() => Fault[])[] = [
    () => [{ kind: 'drop', channel: own, type: 'update', times: 1 + Math.floor(random() * 3) }],
    () => [
      { kind: 'drop', channel: own, type: 'snapshot' },
      { kind: 'cut', connection, code: 1012 },
    ],
    () => [{ kind: 'duplicate', channel: own, copies: 2 }],
    () => [{ kind: 'loseAck', method: 'add_order' }],
    () => [
      { kind: 'loseAck', method: 'add_order' },
      { kind: 'drop', channel: 'executions', times: 3 },
    ],
    () => [{ kind: 'ignore', method: pick(['add_order', 'cancel_order', 'batch_add']) }],
    () => [{ kind: 'delayAck', method: 'add_order', ms: 9000 * random() }],
    () => [{ kind: 'loseAck', method: 'batch_add' }],
    () => [
      {
        kind: 'refuse',
        method: 'add_order',
        error: pick(['EGeneral:Internal error', 'EService:Busy']),
      },
    ],
    () => [{ kind: 'expiredToken' }],
    () => [
      { kind: 'expiredToken', method: 'subscribe' },
      { kind: 'reset', connection },
    ],
    () => [{ kind: 'reset', connection, after: { ms: 300 * random() } }],
    () => [{ kind: 'cut', connection, code: pick([1001, 1011, 1013]) }],
    () => [{ kind: 'cut', connection }],
    () => [{ kind: 'halfOpen', connection }],
    () => [{ kind: 'freeze', connection, ms: 8000 * random() }],
    () => [
      { kind: 'refuseUpgrade', status: pick([429, 502, 503]), times: 3 },
      { kind: 'reset', connection },
    ],
    () => [
      { kind: 'status', system: 'maintenance' },
      { kind: 'cut', connection, code: 1012 },
      { kind: 'status', system: 'online', after: { ms: 4000 } },
    ],
  ];
  return pick(choices)();
}

/** A desk that acts and faults that happen, at random, so many of both. */
export async function playTrading(random: () => number, steps: number): Promise<TradingResult> {
  const script = await TradingScript.open(random);
  for (let step = 0; step < steps; step += 1) {
    if (random() < 0.4) script.inject();
    // Mostly a desk waits for its connection; now and then it does not.
    if (random() < 0.8) await script.harness.run(30_000, () => script.isUp, 100);
    script.act();
    await script.harness.run(Math.floor(random() * 1500));
  }
  await script.comeToRest();
  await script.check();
  return script.close();
}
