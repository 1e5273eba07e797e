import { createSandbox, type Sandbox, type SandboxOptions } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { WebSocket } from 'ws';
import { createMonitor, type Monitor, type MonitorOptions } from '../src/create-monitor.ts';
import { createLiveSource } from '../src/feed/live-source.ts';
import type { MarketSource } from '../src/feed/source.ts';
import { MarketStore } from '../src/page/stores/market-store.ts';
import type { Command } from '../src/protocol/commands.ts';
import { decodeBatch } from '../src/protocol/decode.ts';
import type { Batch, ServerRecord } from '../src/protocol/records.ts';

/** Faults are followed by waits of the client's own: with room for a machine that is busy. */
export const BROKEN_MS = 60_000;

export const clock = createSystemClock();
export const timers = createSystemTimers();

export interface Running extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly sandboxUrl: string;
  readonly monitor: Monitor;
  /** By symbol, the levels at each sequence as the source's own book had them. */
  readonly states: Map<string, Map<number, BookText>>;
}

export interface BookText {
  readonly bids: string;
  readonly asks: string;
}

export interface RunningOptions extends Partial<MonitorOptions> {
  readonly symbols?: readonly string[];
  /** Of them those that the monitor opens from the start. @default all */
  readonly open?: readonly string[];
  readonly depth?: number;
  readonly rate?: number;
  readonly faults?: SandboxOptions['faults'];
}

/** A sandbox, and a monitor of it, both listening. */
export const startMonitor = async (options: RunningOptions = {}): Promise<Running> => {
  const { symbols = ['BTC/USD', 'PEPE/USD'], depth = 25, rate = 200, faults } = options;
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 7, symbols: [...symbols], rate },
    clock,
    timers,
    ...(faults === undefined ? {} : { faults }),
  });
  const { url } = await sandbox.listen();
  const open = options.open ?? symbols;
  const facts = { url, kind: 'sandbox', title: 'Sandbox', symbols: open, depth, clock, timers };
  const states: Running['states'] = new Map();
  const source = remember(createLiveSource({ ...facts, resyncDelayMs: 1 }), states);
  const monitor = await createMonitor({ source, clock, timers, ...options }).catch(
    async (error: unknown) => {
      await sandbox.close();
      throw error;
    },
  );
  const close = async (): Promise<void> => {
    await monitor.close();
    await sandbox.close();
  };
  return { sandbox, sandboxUrl: url, monitor, states, [Symbol.asyncDispose]: close };
};

/** The same source, with each state of its books written down. */
const remember = (source: MarketSource, states: Running['states']): MarketSource => {
  const start = source.start.bind(source);
  source.start = (sink) => {
    const counts = new Map<string, number>();
    const onBook = sink.onBook.bind(sink);
    sink.onBook = (event) => {
      const { symbol, book, isMessage } = event;
      if (isMessage && book !== undefined) {
        const sequence = (counts.get(symbol) ?? 0) + 1;
        counts.set(symbol, sequence);
        const own = states.get(symbol) ?? new Map<number, BookText>();
        states.set(symbol, own);
        own.set(sequence, { bids: textOf(book.bids()), asks: textOf(book.asks()) });
      }
      onBook(event);
    };
    return start(sink);
  };
  return source;
};

export const textOf = (
  levels: readonly { readonly price: string; readonly quantity: string }[],
): string => levels.map(({ price, quantity }) => `${price} x ${quantity}`).join('\n');

/** What a page does, without a browser: takes batches in, acknowledges them, keeps the stores. */
export class TestPage implements AsyncDisposable {
  readonly market = new MarketStore(() => performance.now());
  readonly records: ServerRecord[] = [];
  readonly socket: WebSocket;
  /** Batches are taken in and acknowledged by themselves. */
  acknowledges: boolean;
  batches = 0;
  #latest = 0;
  readonly #waiting = new Set<() => void>();

  constructor(monitor: Monitor, acknowledges = true, headers: Record<string, string> = {}) {
    this.acknowledges = acknowledges;
    this.socket = new WebSocket(new URL('/stream', monitor.url.replace('http', 'ws')), { headers });
    this.socket.on('message', (data) => {
      this.#take(decodeBatch(data as Buffer));
    });
    for (const event of ['close', 'error']) this.socket.on(event, () => this.#wake());
  }

  send(command: Command): void {
    this.socket.send(JSON.stringify(command));
  }

  acknowledge(): void {
    this.send({ kind: 'ack', batch: this.#latest });
  }

  /** Waits until something holds; looked at with each message. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async ready(): Promise<void> {
    await this.until(() => this.market.instruments.value.length > 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
  }

  #take(batch: Batch): void {
    this.batches += 1;
    this.#latest = batch.number;
    this.records.push(...batch.records);
    this.market.takeBatch(batch);
    if (this.acknowledges) this.acknowledge();
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
