import { once } from 'node:events';
import { L2Book } from '@kr/orderbook';
import { createSandbox, type Fault, type Sandbox } from '@kr/sandbox';
import { parseWsMessage } from '@kr/schemas';
import { type GapEvent, parseTimestamp } from '@kr/schemas/shared';
import { WebSocket } from 'ws';
import { type BookFeed, books } from '../src/book/index.ts';
import { type Client, createClient, isWsError } from '../src/index.ts';
import { ManualTime } from './manual-time.ts';

/** What went wrong in a script; empty when all is well. */
export interface MarketOutcome {
  readonly wrong: readonly string[];
  readonly faults: number;
  readonly states: number;
  readonly gaps: number;
  readonly ended: string | undefined;
}

interface Seen {
  /** `time checksum` of a book, the id of a trade. */
  readonly key: string;
  readonly timeNs: bigint;
}

export const SYMBOLS: readonly string[] = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD', 'MLN/EUR'];
export const STEP_MS = 20;
/** Simulated time in which everything must be well again once the faults are over. */
const RECOVERY_MS = 180_000;

/**
 * A sandbox, a client under seeded faults, and a witness that has none, in time that only the script
 * moves, over real sockets. In the end every book of the client is verified and is the witness's, and
 * whatever the witness saw and the client did not lies inside a gap that was reported.
 */
export async function playMarket(random: () => number, faultCount: number): Promise<MarketOutcome> {
  const time = new ManualTime();
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: random(), rate: 60 },
    clock: time,
    timers: time,
  });
  const { url } = await sandbox.listen();
  const witness = await Witness.connect(url);
  const client = new Subject(url, time, random);
  const wrong: string[] = [];
  const run = async (ms: number, isDone = (): boolean => false): Promise<boolean> => {
    for (let passed = 0; passed < ms && !isDone(); passed += STEP_MS) {
      await time.advance(STEP_MS);
      await drained(sandbox);
    }
    return isDone();
  };
  await run(20_000, () => client.isLive);
  if (!client.isLive) wrong.push('never live');
  client.begins(time.wallNs());
  const { total } = sandbox.stats.connections;
  for (let count = 0; count < faultCount; count += 1) {
    for (const fault of pickFault(random, sandbox.stats.connections.total)) {
      sandbox.faults.inject(fault);
    }
    await run(Math.floor(random() * 4000));
  }
  const happened = sandbox.stats.faults;
  const reconnects = sandbox.stats.connections.total - total;
  sandbox.faults.clear();
  if (random() < 0.05)
    sandbox.faults.inject({ kind: 'cut', code: 1008, connection: sandbox.stats.connections.total });
  const isOver = (): boolean =>
    client.ended !== undefined || (client.isLive && client.agreesWith(witness));
  if (!(await run(RECOVERY_MS, isOver))) wrong.push(`not well again: ${client.describe()}`);
  if (client.ended === undefined) wrong.push(...client.faultsAgainst(witness));
  else if (client.ended !== 'CONNECTION_LOST') wrong.push(`ended with ${client.ended}`);
  const closed = client.close();
  await run(30_000);
  await closed;
  witness.close();
  const down = sandbox.close();
  await run(5000);
  await down;
  if (time.armed > 0) wrong.push(`${time.armed} timers left`);
  return {
    wrong,
    faults: happened + reconnects,
    states: client.stateCount,
    gaps: client.gaps.length,
    ended: client.ended,
  };
}

/** One fault, or a few that belong together. The witness is connection 1 and is spared. */
function pickFault(random: () => number, connection: number): Fault[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  if (connection < 2) return [];
  const book = { connection, channel: 'book', symbol: pick(SYMBOLS) } as const;
  const choices: (() => Fault[])[] = [
    () => [{ kind: 'drop', ...book }],
    () => [
      { kind: 'drop', ...book, type: 'snapshot' },
      { kind: 'corruptChecksum', ...book },
    ],
    () => [{ kind: 'silence', ...book, forMs: 20_000 * random() }],
    () => [{ kind: 'duplicate', ...book, copies: 2 }],
    () => [{ kind: 'delay', ...book, ms: 150 }],
    () => [{ kind: 'corruptChecksum', ...book, times: 1 + Math.floor(random() * 4) }],
    () => [{ kind: 'cut', connection, code: pick([1000, 1001, 1011, 1013]) }],
    () => [{ kind: 'cut', connection }],
    () => [{ kind: 'reset', connection }],
    () => [{ kind: 'halfOpen', connection }],
    () => [{ kind: 'freeze', connection, ms: 8000 * random() }],
    () => [{ kind: 'flood', connection, frames: 2000 }],
    () => [
      {
        kind: 'refuse',
        error: 'Exceeded msg rate',
        bare: random() < 0.5,
        connection: connection + 1,
      },
      { kind: 'reset', connection },
    ],
    () => [
      { kind: 'ignore', connection: connection + 1 },
      { kind: 'cut', connection },
    ],
    () => [
      { kind: 'delayAck', connection: connection + 1, ms: 2000 },
      { kind: 'reorderAcks', connection: connection + 1 },
      { kind: 'reset', connection },
    ],
    () => [
      { kind: 'refuseUpgrade', status: pick([429, 502, 503]), times: 2 },
      { kind: 'reset', connection },
    ],
    () => [
      { kind: 'status', system: 'maintenance' },
      { kind: 'cut', connection, code: 1012 },
      { kind: 'status', system: 'online', after: { ms: 3000 } },
    ],
    () => [
      { kind: 'refuse', error: 'Already subscribed', connection, channel: 'book' },
      { kind: 'corruptChecksum', ...book },
    ],
  ];
  return pick(choices)();
}

/** Lets everything that is on its way arrive. */
export async function drained(sandbox: Sandbox): Promise<void> {
  let still = 0;
  for (let sent = -1; still < 3; still += 1) {
    await new Promise(setImmediate);
    const { framesSent, requests } = sandbox.stats;
    if (framesSent + requests !== sent) still = 0;
    sent = framesSent + requests;
  }
}

/** The client under test, with everything that it showed. */
class Subject {
  readonly gaps: (GapEvent & { readonly sinceNs: bigint | undefined })[] = [];
  readonly shown = new Map<string, Seen[]>();
  ended: string | undefined;
  stateCount = 0;
  readonly #client: Client;
  readonly #feed: BookFeed;
  readonly #frames = new Set<string>();
  readonly #doubled: string[] = [];
  /** When the exchange made what was shown last, of each name; and before its last gap. */
  readonly #lastMade = new Map<string, bigint>();
  readonly #lastBefore = new Map<string, bigint | undefined>();
  #liveNs = 0n;
  /** Of the frame in hand. */
  #madeNs: bigint | undefined;

  constructor(url: string, time: ManualTime, random: () => number) {
    this.#client = createClient({
      url,
      clock: time,
      timers: time,
      random,
      // A quiet symbol of the synthetic market moves every few seconds.
      cadenceMs: { book: 15_000 },
      attempts: Number.POSITIVE_INFINITY,
      onGap: (gap) => {
        const [symbol] = gap.symbols;
        const name = `${gap.channel} ${symbol}`;
        if (gap.to === undefined) this.#lastBefore.set(name, this.#lastMade.get(name));
        this.gaps.push({ ...gap, sinceNs: this.#lastBefore.get(name) });
      },
      onFrame: ({ connectionId, sequence, bytes }) => {
        const id = `${connectionId}.${sequence}`;
        if (this.#frames.has(id)) this.#doubled.push(id);
        this.#frames.add(id);
        this.#madeNs = timeOf(bytes);
      },
    });
    this.#feed = books(this.#client, {
      symbol: SYMBOLS,
      onChange: (symbol, book) => {
        this.stateCount += 1;
        if (!book.verified || book.checksum() !== book.expectedChecksum)
          this.#doubled.push('unverified');
        this.#show(`book ${symbol}`, `${this.#madeNs} ${book.expectedChecksum}`, this.#madeNs);
      },
    });
    void this.#readTrades();
  }

  /** From here on it owes everything. */
  begins(wallNs: bigint): void {
    this.#liveNs = wallNs;
  }

  get isLive(): boolean {
    // Its gap stays open until somebody tries again.
    for (const symbol of SYMBOLS) {
      if (this.#feed.get(symbol).status === 'quarantined') this.#feed.retry(symbol);
    }
    const { subscriptions } = this.#client;
    return (
      subscriptions.length === 2 * SYMBOLS.length &&
      subscriptions.every(
        ({ gap, lanes }) => gap === undefined && lanes.every(({ state }) => state === 'open'),
      ) &&
      SYMBOLS.every((symbol) => {
        const { status } = this.#feed.get(symbol);
        return status === 'verified';
      })
    );
  }

  agreesWith(witness: Witness): boolean {
    return SYMBOLS.every((symbol) => {
      const state = this.#feed.get(symbol);
      return state.status === 'verified' && state.book.checksum() === witness.checksum(symbol);
    });
  }

  faultsAgainst(witness: Witness): string[] {
    const wrong = this.#doubled.map((what) => `twice or unverified: ${what}`);
    for (const [name, sent] of witness.seen) {
      const shown = new Set((this.shown.get(name) ?? []).map(({ key }) => key));
      const isMissing = sent.map(
        (one) => one.timeNs > this.#liveNs && !shown.has(one.key) && !this.#isReported(name, one),
      );
      const count = isMissing.filter(Boolean).length;
      if (count > 0 && !witness.madeNoDifference(name, isMissing)) {
        wrong.push(`${name}: ${count} of ${sent.length} missing and not reported`);
      }
    }
    const trades = [...this.shown].filter(([name]) => name.startsWith('trade'));
    for (const [name, seen] of trades) {
      if (new Set(seen.map(({ key }) => key)).size !== seen.length)
        wrong.push(`${name}: delivered twice`);
    }
    const open = this.gaps.filter(({ to }) => to === undefined).length;
    if (open * 2 !== this.gaps.length)
      wrong.push(`${open} gaps opened, ${this.gaps.length - open} closed`);
    return wrong;
  }

  describe(): string {
    return JSON.stringify({
      books: SYMBOLS.map((symbol) => this.#feed.get(symbol).status),
      lanes: this.#client.subscriptions.map(({ channel, symbol, gap, lanes }) => [
        channel,
        symbol,
        gap?.reason,
        ...lanes.map(({ status }) => status),
      ]),
    });
  }

  async close(): Promise<void> {
    await this.#feed.close();
    await this.#client.close();
  }

  #isReported(name: string, { timeNs }: Seen): boolean {
    const [channel = '', symbol = ''] = name.split(' ');
    return this.gaps.some(
      // Our clock and the exchange's differ by what a frame was on its way: what was shown before the
      // gap opened says where it begins for the exchange.
      ({ channel: of, symbols, to, sinceNs }) =>
        of === channel &&
        symbols.includes(symbol) &&
        to !== undefined &&
        (sinceNs === undefined || sinceNs < timeNs) &&
        timeNs <= nsOf(to),
    );
  }

  #show(name: string, key: string, madeNs: bigint | undefined): void {
    const seen = this.shown.get(name) ?? [];
    seen.push({ key, timeNs: 0n });
    this.shown.set(name, seen);
    if (madeNs !== undefined) this.#lastMade.set(name, madeNs);
  }

  async #readTrades(): Promise<void> {
    try {
      for await (const { data } of this.#client.subscribe({ channel: 'trade', symbol: SYMBOLS })) {
        for (const { symbol, trade_id, timestamp } of data) {
          this.#show(`trade ${symbol}`, trade_id, nsOf(timestamp));
        }
      }
    } catch (error) {
      this.ended = isWsError(error) ? error.code : String(error);
    }
  }
}

/** A bare client on a connection without faults: what the market really did. */
export class Witness {
  readonly seen = new Map<string, Seen[]>();
  /** Each symbol's book frames, snapshot first. */
  readonly #frames = new Map<string, Buffer[]>(SYMBOLS.map((symbol) => [symbol, []]));
  readonly #books = new Map(SYMBOLS.map((symbol) => [symbol, new L2Book({ symbol, depth: 10 })]));
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#handle(data);
    });
  }

  static async connect(url: string): Promise<Witness> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const witness = new Witness(socket);
    for (const channel of ['book', 'trade']) {
      socket.send(JSON.stringify({ method: 'subscribe', params: { channel, symbol: SYMBOLS } }));
    }
    return witness;
  }

  /**
   * A kept-back update that the next one overwrites leaves the book right: no checksum can tell, and
   * none needs to. True when the book comes out the same without those that are missing.
   */
  madeNoDifference(name: string, isMissing: readonly boolean[]): boolean {
    const symbol = /^book (.*)/.exec(name)?.[1];
    if (symbol === undefined) return false;
    const [snapshot, ...updates] = this.#frames.get(symbol) ?? [];
    const book = new L2Book({ symbol, depth: 10 });
    if (snapshot !== undefined) book.apply(snapshot);
    return updates.every((frame, index) => {
      if (isMissing[index] !== true) return book.apply(frame) === 'verified';
      return true;
    });
  }

  checksum(symbol: string): number | undefined {
    return this.#books.get(symbol)?.checksum();
  }

  close(): void {
    this.#socket.terminate();
  }

  #handle(data: Buffer): void {
    const message = parseWsMessage(data);
    if (message.kind !== 'data') return;
    const { frame } = message;
    const timeNs = timeOf(data) ?? 0n;
    if (frame.channel === 'trade') {
      for (const { symbol, trade_id } of frame.data) this.#see(`trade ${symbol}`, trade_id, timeNs);
    }
    if (frame.channel !== 'book') return;
    for (const { symbol, checksum } of frame.data) {
      this.#books.get(symbol)?.apply(data);
      this.#frames.get(symbol)?.push(data);
      if (frame.type === 'update') this.#see(`book ${symbol}`, `${timeNs} ${checksum}`, timeNs);
    }
  }

  #see(name: string, key: string, timeNs: bigint): void {
    const seen = this.seen.get(name) ?? [];
    seen.push({ key, timeNs });
    this.seen.set(name, seen);
  }
}

const nsOf = (text: string): bigint => parseTimestamp(text) ?? 0n;

/** When the exchange made a frame. */
function timeOf(bytes: Uint8Array): bigint | undefined {
  const text = new TextDecoder().decode(bytes.subarray(-64));
  const time = /.*"timestamp":"([^"]+)"/s.exec(text)?.[1];
  return time === undefined ? undefined : parseTimestamp(time);
}
