import { addDecimals, compareDecimals, subtractDecimals } from '@kr/orderbook/decimal';
import { parseJson, RawNumber } from '@kr/schemas/json';
import { createRandom, type Random } from '../src/synthetic/random.ts';
import type { TestClient } from './client.ts';
import { openPaper, type PaperClient, paperAccount } from './paper.ts';

const CLIENTS = 10;
/** Orders that a client sends before it reads an answer. */
const WINDOW = 25;
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
] as const;
const ENDS: ReadonlySet<unknown> = new Set(['filled', 'canceled', 'expired']);

type Row = Record<string, unknown>;

export interface CrowdReport {
  /** Taken, by order type. */
  readonly taken: Record<string, number>;
  readonly refused: Record<string, number>;
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
  const report: CrowdReport = { taken: {}, refused: {}, trades: 0, orders: 0, faults: [] };
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
    for (const { name, taken, refused, ...result } of results) {
      for (const [key, count] of taken) report.taken[key] = (report.taken[key] ?? 0) + count;
      for (const [key, count] of refused) report.refused[key] = (report.refused[key] ?? 0) + count;
      report.faults.push(...result.faults.map((fault) => `${name}: ${fault}`));
      trades += result.trades;
      orders += result.orders;
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
    const type = TYPES[random.below(TYPES.length)] ?? 'limit';
    const price = (): number => Math.round((64_525 + (random.next() - 0.5) * 60) * 10) / 10;
    const quantity = Math.round((0.001 + random.next() / 50) * 1e8) / 1e8;
    const trails = type.startsWith('trailing');
    const waits = trails || type.startsWith('stop') || type.startsWith('take');
    const isLimit = type === 'limit' || type === 'iceberg' || type.endsWith('-limit');
    const offset = { price: 0.1 + random.below(5) / 10, price_type: 'pct' };
    return {
      symbol: 'BTC/USD',
      order_type: type,
      side: random.chance(0.5) ? 'buy' : 'sell',
      order_qty: quantity,
      stp_type: ['cancel_newest', 'cancel_oldest', 'cancel_both'][random.below(3)],
      fee_preference: random.chance(0.5) ? 'base' : 'quote',
      ...(isLimit && !trails ? { limit_price: price() } : {}),
      ...(trails && isLimit ? { limit_price: -1 } : {}),
      ...(type === 'iceberg' ? { display_qty: Math.ceil(quantity * 1e7) / 1e8 } : {}),
      ...(waits ? { triggers: trails ? offset : { price: price() } } : {}),
      ...(type === 'limit' && random.chance(0.2) ? { time_in_force: 'ioc' } : {}),
      ...(type === 'limit' && random.chance(0.05) ? { time_in_force: 'fok' } : {}),
    };
  }

  #change(token: string, id: string): void {
    const amends = this.#random.chance(0.5);
    this.#client.send(
      amends
        ? { method: 'amend_order', params: { order_id: id, order_qty: 0.01, token } }
        : { method: 'cancel_order', params: { order_id: [id], token } },
    );
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
    let trades = 0;
    for (const text of this.#client.received) {
      const [, channel] = /^\{"channel":"(executions|balances)"/.exec(text) ?? [];
      if (channel !== 'executions' && channel !== 'balances') continue;
      const { data, sequence } = parseJson(text) as { data: Row[]; sequence: number };
      sequences[channel] += 1;
      if (sequence !== sequences[channel]) this.#faults.push(`${channel}: hole at ${sequence}`);
      for (const row of data) {
        if (channel === 'balances') this.#fold(row, balances);
        else {
          if (row['exec_type'] === 'trade') trades += 1;
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
    const { count } = await this.#rest.get<{ count: number }>('ClosedOrders');
    if (count !== lives.size)
      this.#faults.push(`${count} orders are closed, ${lives.size} were told of`);
    return {
      trades,
      orders: lives.size,
      taken: this.#taken,
      refused: this.#refused,
      faults: this.#faults,
    };
  }

  #fold(row: Row, balances: Map<string, string>): void {
    const asset = String(row['asset']);
    const text = (name: string): string => {
      const value = row[name];
      return value instanceof RawNumber ? value.text : String(value);
    };
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
