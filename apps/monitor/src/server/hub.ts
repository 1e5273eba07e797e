import type { Timers } from '@kr/schemas/shared';
import type { WebSocket } from 'ws';
import { isMonitorError } from '../errors.ts';
import type { Market } from '../feed/market.ts';
import type { RecordingInfo } from '../protocol/control.ts';
import { PROTOCOL_VERSION } from '../protocol/records.ts';
import { PageClient } from './client.ts';
import { parseCommand } from './parse-command.ts';
import { Publisher } from './publisher.ts';

/** No more than 60 a second. */
const TICK_MS = 17;
const TICKS_PER_STATUS = 15;

export interface HubOptions {
  readonly market: Market;
  readonly timers: Timers;
  readonly recording: () => RecordingInfo | undefined;
}

/** All open pages: one reading of the market for all of them, sixty times a second at most. */
export class Hub {
  readonly #market: Market;
  readonly #timers: Timers;
  readonly #recording: () => RecordingInfo | undefined;
  readonly #publisher: Publisher;
  readonly #clients = new Set<PageClient>();
  #timer: unknown;
  #ticks = 0;

  constructor({ market, timers, recording }: HubOptions) {
    this.#market = market;
    this.#timers = timers;
    this.#recording = recording;
    this.#publisher = new Publisher(market);
  }

  get size(): number {
    return this.#clients.size;
  }

  /** Ticks in which some page was behind and got nothing. */
  get skipped(): number {
    let sum = 0;
    for (const client of this.#clients) sum += client.skipped;
    return sum;
  }

  add(socket: WebSocket, isPrivate: boolean): void {
    const market = this.#market;
    const client = new PageClient({ socket, market, publisher: this.#publisher, isPrivate });
    const { kind, simulated, title, symbols, depth } = market.source;
    const facts = { source: kind, simulated, title, symbols, depth, columnMs: market.columnMs };
    client.tell({ kind: 'hello', version: PROTOCOL_VERSION, ...facts, isPrivate });
    this.#clients.add(client);
    socket.on('message', (data, isBinary) => {
      const isText = Buffer.isBuffer(data) && !isBinary;
      this.#handle(client, socket, isText ? data.toString('utf8') : undefined);
    });
    socket.on('error', () => {
      this.#drop(client);
    });
    socket.on('close', () => {
      this.#drop(client);
    });
    this.#setStatus([client]);
    this.#timer ??= this.#timers.setTimeout(this.#tick, 0);
  }

  close(): void {
    for (const client of this.#clients) this.#drop(client);
    if (this.#timer !== undefined) this.#timers.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #handle(client: PageClient, socket: WebSocket, text: string | undefined): void {
    const command = text === undefined ? undefined : parseCommand(text);
    if (command === undefined) {
      socket.close(1008, 'no command of this page');
      return;
    }
    try {
      client.handle(command);
    } catch (error) {
      if (!isMonitorError(error)) throw error;
      client.tell({ kind: 'notice', text: error.message });
    }
  }

  readonly #tick = (): void => {
    this.#timer =
      this.#clients.size === 0 ? undefined : this.#timers.setTimeout(this.#tick, TICK_MS);
    this.#ticks += 1;
    if (this.#ticks % TICKS_PER_STATUS === 0) this.#setStatus(this.#clients);
    const watched = new Set([...this.#clients].flatMap((client) => [...client.watched]));
    this.#publisher.refresh(watched);
    for (const client of this.#clients) client.flush();
  };

  /** A recording's directory is for private pages alone. */
  #setStatus(clients: Iterable<PageClient>): void {
    const recording = this.#recording();
    const size = this.#clients.size;
    const whole = this.#publisher.status(size, recording);
    const open = this.#publisher.status(
      size,
      recording === undefined ? undefined : { ...recording, directory: undefined },
    );
    for (const client of clients) client.setStatus(client.isPrivate ? whole : open);
  }

  #drop(client: PageClient): void {
    if (!this.#clients.delete(client)) return;
    client.close();
  }
}
