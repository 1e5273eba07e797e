import { addDecimals, compareDecimals, subtractDecimals } from '@kr/orderbook/decimal';
import { parseJson, RawNumber } from '@kr/schemas/json';
import { createRandom, type Random } from '../src/synthetic/random.ts';
import type { TestClient } from './client.ts';
import { openPaper, type PaperClient, paperAccount } from './paper.ts';

const CLIENTS = 10;
/** Orders that a client sends before it reads an answer. */
const WINDOW = 25;
/** Orders of a page of ClosedOrders. */
const PAGE = 50;
const TYPES = [
  'limit',
  'market',
  'iceberg',
  'stop-loss',
  'stop-loss-limit',
  'take-profit',
  'take-profit-limit',
  'trailing-stop',
  'trailing-stop-limit',
  'settle-position',
] as const;
const ENDS: ReadonlySet<unknown> = new Set(['filled', 'canceled', 'expired']);

type Row = Record<string, unknown>;

export interface CrowdReport {
  /** Taken, by order type. */
  readonly taken: Record<string, number>;
  readonly refused: Record<string, number>;
  /** Changes of balances, by their type. */
  readonly booked: Record<string, number>;
  readonly trades: number;
  readonly orders: number;
  /** Sentences; none when all is well. */
  readonly faults: string[];
}

/** Ten clients at once send random orders of every type over real sockets; then all that they were told is checked. */
export async function runCrowd(seed: string, ordersEach: number): Promise<CrowdReport> {
  const accounts = Array.from({ length: CLIENTS }, (_, at) =>
    paperAccount(`client-${at}`, { USD: '400000', BTC: '4' }),
  );
  const source = { kind: 'synthetic', seed, symbols: ['BTC/USD'], rate: 200 } as const;
  const paper = await openPaper(accounts, { source });
  const report: CrowdReport = {
    taken: {},
    refused: {},
    booked: {},
    trades: 0,
    orders: 0,
    faults: [],
  };
  try {
    const results = await Promise.all(
      paper.rest.map(async (rest, at) => {
        const client = await paper.connect();
        const result = await new Trader(rest, client, createRandom(`${seed} ${at}`)).run(
          ordersEach,
        );
        return { ...result, name: accounts[at]?.key ?? '' };
      }),
    );
    let trades = 0;
    let orders = 0;
    for (const { name, taken, refused, kinds, ...result } of results) {
      for (const [key, count] of kinds) report.booked[key] = (report.booked[key] ?? 0) + count;
      for (const [key, count] of taken) report.taken[key] = (report.taken[key] ?? 0) + count;
      for (const [key, count] of refused) report.refused[key] = (report.refused[key] ?? 0) + count;
      report.faults.push(...result.faults.map((fault) => `${name}: ${fault}`));
      trades += result.trades;
      orders += result.orders;
    }
    for (const [asset, funds] of Object.entries(paper.sandbox.stats.funds)) {
      const { deposited, accounts: ofAccounts, agents, fees, lent } = funds;
      const sum = addDecimals(addDecimals(ofAccounts, agents), addDecimals(fees, lent));
      if (compareDecimals(sum, deposited) !== 0) {
        report.faults.push(`${asset}: ${sum} is there, ${deposited} was put in`);
      }
    }
    return { ...report, trades, orders };
  } finally {
    await paper.sandbox.close();
  }
}

class Trader {
  readonly #rest: PaperClient;
  readonly #client: TestClient;
  readonly #random: Random;
  readonly #taken = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  readonly #faults: string[] = [];

  constructor(rest: PaperClient, client: TestClient, random: Random) {
    this.#rest = rest;
    this.#client = client;
    this.#random = random;
  }

  async run(count: number) {
    const client = this.#client;
    const token = await this.#rest.token();
    const before = await this.#rest.get<Record<string, string>>('Balance');
    for (const channel of ['executions', 'balances']) {
      client.send({ method: 'subscribe', params: { channel, token } });
      await client.nextAnswer();
    }
    const ids: string[] = [];
    for (let sent = 0; sent < count; sent += WINDOW) {
      const types: string[] = [];
      for (let at = 0; at < Math.min(WINDOW, count - sent); at += 1) {
        const order = this.#order();
        types.push(order.order_type);
        client.send({ method: 'add_order', params: { ...order, token }, req_id: at });
        const target = ids[this.#random.below(Math.max(1, ids.length))];
        if (target !== undefined && this.#random.chance(0.2)) this.#change(token, target);
      }
      await this.#readAnswers(types, ids);
      // So that the 225 open orders that an account may have are not all that it ever has.
      if (sent % (WINDOW * 4) === 0) client.send({ method: 'cancel_all', params: { token } });
    }
    client.send({ method: 'cancel_all', params: { token }, req_id: 9_999 });
    await client.next((text) => text.includes('"req_id":9999'));
    // What another client's order did to mine may still be on its way.
    client.send({ method: 'ping', req_id: 10_000 });
    await client.next((text) => text.includes('"req_id":10000'));
    return this.#check(before);
  }

  #order() {
    const random = this.#random;
    // Settlements are rare: most of the time there is a position to lose.
    const type = TYPES[random.below(TYPES.length - (random.chance(0.8) ? 1 : 0))] ?? 'limit';
    const price = (): number => Math.round((64_525 + (random.next() - 0.5) * 60) * 10) / 10;
    const quantity = Math.round((0.001 + random.next() / 50) * 1e8) / 1e8;
    const trails = type.startsWith('trailing');
    const waits = trails || type.startsWith('stop') || type.startsWith('take');
    const isLimit = type === 'limit' || type === 'iceberg' || type.endsWith('-limit');
    const side = random.chance(0.5) ? 'buy' : 'sell';
    const isCash = type === 'market' && side === 'buy' && random.chance(0.3);
    const rests = type === 'limit' || type === 'iceberg';
    const isSettled = type === 'settle-position';
    const margin = !isCash && !isSettled && random.chance(0.35);
    const reduces = margin && random.chance(0.3);
    const expires = rests && random.chance(0.1);
    const soon = new Date(Date.now() + 6_000 + random.below(4_000)).toISOString();
    const close = { order_type: 'limit', limit_price: price() };
    const offset = { price: (1 + random.below(5)) / 10, price_type: 'pct' };
    return {
      symbol: 'BTC/USD',
      order_type: type,
      side,
      ...(isCash ? { cash_order_qty: 20 + random.below(500) } : { order_qty: quantity }),
      stp_type: ['cancel_newest', 'cancel_oldest', 'cancel_both'][random.below(3)],
      fee_preference: random.chance(0.5) ? 'base' : 'quote',
      ...(isLimit && !trails ? { limit_price: price() } : {}),
      ...(trails && isLimit ? { limit_price: -1 } : {}),
      ...(type === 'iceberg' ? { display_qty: Math.ceil(quantity * 1e7) / 1e8 } : {}),
      ...(waits ? { triggers: trails ? offset : { price: price() } } : {}),
      ...(margin ? { margin, reduce_only: reduces } : {}),
      ...(expires ? { time_in_force: 'gtd', expire_time: soon } : {}),
      ...(type === 'limit' && !expires ? this.#life() : {}),
      ...(!isSettled && random.chance(0.1) ? { conditional: close } : {}),
      ...(random.chance(0.1) ? { order_userref: random.below(5) } : {}),
    };
  }

  #life(): object {
    const draw = this.#random.next();
    if (draw < 0.2) return { time_in_force: 'ioc' };
    if (draw < 0.3) return { time_in_force: 'fok' };
    return draw < 0.4 ? { post_only: true } : {};
  }

  /** Something else than an order: what it does to others stands in the executions. */
  #change(token: string, id: string): void {
    const symbol = 'BTC/USD';
    const quantity = 0.01;
    const row = { order_type: 'limit', side: 'buy', order_qty: quantity, limit_price: 64_500 };
    const requests = [
      { method: 'amend_order', params: { order_id: id, order_qty: quantity, token } },
      { method: 'cancel_order', params: { order_id: [id], token } },
      { method: 'edit_order', params: { order_id: id, symbol, order_qty: quantity, token } },
      { method: 'batch_add', params: { symbol, orders: [row, { ...row, side: 'sell' }], token } },
      { method: 'cancel_order', params: { order_userref: [this.#random.below(5)], token } },
      { method: 'cancel_all_orders_after', params: { timeout: 60, token } },
    ];
    this.#client.send(requests[this.#random.below(requests.length)]);
  }

  async #readAnswers(types: readonly string[], ids: string[]): Promise<void> {
    for (const type of types) {
      const text = await this.#client.next((each) => each.includes('"method":"add_order"'));
      const id = /"order_id":"([^"]+)"/.exec(text)?.[1];
      const error = /"error":"([^"]+)"/.exec(text)?.[1];
      const [counts, key] = id === undefined ? [this.#refused, error ?? text] : [this.#taken, type];
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (id !== undefined) ids.push(id);
    }
  }

  async #check(before: Record<string, string>) {
    const lives = new Map<string, string[]>();
    const sequences = { executions: 0, balances: 0 };
    const balances = new Map<string, string>();
    /** What was executed of each order, as its last report says. */
    const filled = new Map<string, string>();
    let trades = 0;
    const kinds = new Map<string, number>();
    for (const text of this.#client.received) {
      const [, channel] = /^\{"channel":"(executions|balances)"/.exec(text) ?? [];
      if (channel !== 'executions' && channel !== 'balances') continue;
      const { data, sequence } = parseJson(text) as { data: Row[]; sequence: number };
      sequences[channel] += 1;
      if (sequence !== sequences[channel]) this.#faults.push(`${channel}: hole at ${sequence}`);
      for (const row of data) {
        if (channel === 'balances') {
          this.#fold(row, balances);
          const kind = String(row['type']);
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        } else {
          if (row['exec_type'] === 'trade') trades += 1;
          if (row['cum_qty'] !== undefined)
            filled.set(String(row['order_id']), textOf(row, 'cum_qty'));
          this.#live(row, lives);
        }
      }
    }
    for (const [id, life] of lives) {
      if (!ENDS.has(life.at(-1))) this.#faults.push(`${id} has no end: ${life.join(' ')}`);
    }
    const after = await this.#rest.get<Record<string, string>>('Balance');
    const now = { BTC: after['XXBT'], USD: after['ZUSD'] };
    for (const [asset, balance] of Object.entries(now)) {
      const last = balances.get(asset) ?? before[asset] ?? '';
      if (compareDecimals(last, balance ?? '0') !== 0) {
        this.#faults.push(`${asset}: ${balance} and not ${last}`);
      }
    }
    const held = await this.#rest.get<Record<string, { hold_trade: string }>>('BalanceEx');
    for (const { hold_trade: hold } of Object.values(held)) {
      if (compareDecimals(hold, '0') !== 0) this.#faults.push(`${hold} is still held`);
    }
    await this.#compareHistory(lives, filled);
    return {
      trades,
      orders: lives.size,
      kinds,
      taken: this.#taken,
      refused: this.#refused,
      faults: this.#faults,
    };
  }

  /** REST's history is the one that the executions told: the same orders, ended the same way. */
  async #compareHistory(
    lives: ReadonlyMap<string, readonly string[]>,
    filled: ReadonlyMap<string, string>,
  ): Promise<void> {
    let known = 0;
    for (let ofs = 0; ; ofs += PAGE) {
      const { closed, count } = await this.#rest.get<{
        closed: Record<string, { status: string; vol_exec: string }>;
        count: number;
      }>('ClosedOrders', { ofs });
      for (const [id, { status, vol_exec: volume }] of Object.entries(closed)) {
        known += 1;
        const end = lives.get(id)?.at(-1);
        if (end !== (status === 'closed' ? 'filled' : status)) {
          this.#faults.push(`${id} is ${status} over REST and ${end} in its executions`);
        }
        if (compareDecimals(filled.get(id) ?? '0', volume) !== 0) {
          this.#faults.push(`${id}: ${volume} and ${filled.get(id)} are executed of it`);
        }
      }
      if (ofs + PAGE < count) continue;
      if (known !== lives.size) {
        this.#faults.push(`${known} orders are closed, ${lives.size} were told of`);
      }
      return;
    }
  }

  #fold(row: Row, balances: Map<string, string>): void {
    const asset = String(row['asset']);
    const text = (name: string): string => textOf(row, name);
    const before = balances.get(asset);
    if (row['amount'] !== undefined && before !== undefined) {
      const sum = subtractDecimals(addDecimals(before, text('amount')), text('fee'));
      if (compareDecimals(sum, text('balance')) !== 0)
        this.#faults.push(`${asset} does not add up`);
    }
    balances.set(asset, text('balance'));
  }

  #live(row: Row, lives: Map<string, string[]>): void {
    const id = String(row['order_id']);
    const type = String(row['exec_type']);
    const life = lives.get(id) ?? [];
    lives.set(id, life);
    if (life.length === 0 && type !== 'pending_new') this.#faults.push(`${id} begins with ${type}`);
    if (ENDS.has(life.at(-1))) this.#faults.push(`${id} goes on after its end`);
    life.push(type);
  }
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return value instanceof RawNumber ? value.text : String(value);
}
