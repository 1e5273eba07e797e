import type { WebSocket } from 'ws';
import { Control } from './control/control.ts';
import { SandboxError } from './errors.ts';
import { FaultBox } from './faults/faults.ts';
import { FuturesDesk } from './futures/desk.ts';
import { fundsOf } from './futures/funds.ts';
import type { MarketSource } from './market-source.ts';
import { LateMirror } from './mirror/late-mirror.ts';
import { openDesk, type PaperDesk } from './paper/paper-desk.ts';
import type { SystemStatus } from './protocol/frames.ts';
import { ReplaySource } from './replay/replay-source.ts';
import { accountLimitsOf } from './rest/account-limits.ts';
import { paperRest } from './rest/paper-rest.ts';
import type { RestSandbox } from './rest/rest-sandbox.ts';
import type { Sandbox, SandboxAddress, SandboxOptions, SandboxStats } from './sandbox-types.ts';
import { addressOf } from './server/address.ts';
import { ChunkMaker } from './server/chunk-maker.ts';
import { ConnectLimiter } from './server/connect-limiter.ts';
import { Connection } from './server/connection.ts';
import { type Counters, createCounters } from './server/counters.ts';
import { FrontDoor, type LineSockets, type Wing } from './server/front-door.ts';
import { type FaultNote, faultLine } from './server/ledger.ts';
import { LedgerTail } from './server/ledger-tail.ts';
import { type Limits, resolveLimits } from './server/limits.ts';
import { type OpenSession, protocolsOf } from './server/protocols.ts';
import { SyntheticSource } from './synthetic/synthetic-source.ts';
import { createSandboxTime, isSandboxTime, type SandboxTime } from './time/sandbox-time.ts';
import { createTlsIdentity } from './tls/certificate.ts';

const REST_PATH = /^\/(?:0|derivatives|api)\//;
const DEFAULT_IDLE_MS = 60_000;
const DEFAULT_MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
/** A client that does not answer the close within this is cut off. */
const CLOSE_GRACE_MS = 1_000;

/** Makes a sandbox of a synthetic market or of a capture; it opens nothing before `listen`. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { source, clock, timers, batches = [1] } = options;
  if (batches.length === 0 || batches.some((size) => !Number.isSafeInteger(size) || size < 1)) {
    throw new SandboxError('INVALID_OPTION', 'batches takes whole numbers from 1 on, at least one');
  }
  const time = isSandboxTime(clock) ? clock : createSandboxTime({ clock, timers });
  if (source.kind === 'live' || (source.kind === 'replay' && options.accounts !== undefined)) {
    return new LocalSandbox(options, time, new LateMirror(source, time, time));
  }
  if (source.kind === 'replay') {
    return new LocalSandbox(options, time, new ReplaySource(source, time, time));
  }
  const market = new SyntheticSource(source, time, time);
  const { accounts = [] } = options;
  const limits = accountLimitsOf(options);
  const desk = openDesk(market, { accounts, limits, clock: time, timers: time });
  const futures = new FuturesDesk({
    seed: String(source.seed),
    ...options.futures,
    accounts: accounts.flatMap((account) => account.futures ?? []),
    clock: time,
    timers: time,
  });
  return new LocalSandbox(options, time, market, desk, futures);
}

class LocalSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #source: MarketSource;
  /** Of a mirrored market it is there when that is open. */
  #desk: PaperDesk | undefined;
  #rest: Pick<RestSandbox, 'handle'> | undefined;
  readonly #futures: FuturesDesk | undefined;
  readonly #protocols: ReadonlyMap<string, OpenSession>;
  readonly #counters: Counters = createCounters();
  readonly #connections = new Set<Connection>();
  readonly #limits: Limits;
  readonly #tail = new LedgerTail();
  readonly #chunks = new ChunkMaker();
  readonly #door: FrontDoor;
  readonly faults: FaultBox;
  readonly time: SandboxTime;
  #system: SystemStatus = 'online';
  #state: 'new' | 'open' | 'closed' = 'new';
  #address: Omit<SandboxAddress, 'ca'> | undefined;
  #lastConnectionId = 0n;
  #onLastClose: (() => void) | undefined;

  constructor(
    options: SandboxOptions,
    time: SandboxTime,
    source: MarketSource,
    desk?: PaperDesk,
    futures?: FuturesDesk,
  ) {
    this.#options = options;
    this.#source = source;
    this.#desk = desk;
    this.#futures = futures;
    this.#protocols = protocolsOf(desk, futures);
    this.time = time;
    this.#limits = resolveLimits(options.limits);
    this.faults = new FaultBox({
      clock: time,
      timers: time,
      setStatus: (system) => {
        this.setStatus(system);
      },
      note: (note) => {
        this.#noteFault(note);
      },
    });
    for (const fault of options.faults ?? []) this.faults.inject(fault);
    const { connects } = this.#limits;
    this.#rest = options.rest ?? paperRest(options, time, desk, futures);
    this.#door = new FrontDoor({
      faults: this.faults,
      connects: connects && new ConnectLimiter(connects, time),
      counters: this.#counters,
      wings: [
        new Control(this, this.#tail),
        ...(this.#rest === undefined && !(source instanceof LateMirror) ? [] : [this.#restWing()]),
      ],
      paths: new Set(this.#protocols.keys()),
      onWebSocket: (webSocket, sockets, path) => {
        this.#welcome(webSocket, sockets, path);
      },
    });
  }

  get stats(): SandboxStats {
    const { connections, ...counters } = this.#counters;
    let subscriptions = 0;
    let bufferedBytes = 0;
    for (const connection of this.#connections) {
      subscriptions += connection.subscriptionCount;
      bufferedBytes += connection.bufferedBytes;
    }
    return {
      simulated: true,
      url: this.#address?.url,
      address: this.#address,
      connections: { open: this.#connections.size, total: connections },
      subscriptions,
      bufferedBytes,
      ...counters,
      faults: this.faults.fired,
      system: this.#system,
      source: this.#source.stats,
      funds: this.#desk?.funds ?? {},
      futuresFunds: this.#futures === undefined ? {} : fundsOf(this.#futures),
    };
  }

  async listen(): Promise<SandboxAddress> {
    if (this.#state === 'closed') {
      throw new SandboxError('CLOSED', 'this sandbox was closed: make another one');
    }
    if (this.#state === 'open') {
      throw new SandboxError('ALREADY_LISTENING', 'this sandbox listens already');
    }
    this.#state = 'open';
    try {
      await this.#source.open();
      if (this.#source instanceof LateMirror) this.#openDesk(this.#source);
      const { tls, host, port: wanted, allowRemote } = this.#options;
      const made =
        tls === true ? await createTlsIdentity(host === undefined ? [] : [host]) : undefined;
      const identity = made ?? (typeof tls === 'object' ? tls : undefined);
      const { port } = await this.#door.listen({ host, port: wanted, allowRemote, tls: identity });
      if (this.#isClosed()) throw new SandboxError('CLOSED', 'closed while it was opening');
      this.#address = addressOf({
        secure: identity !== undefined,
        host,
        port,
        hasFutures: this.#futures !== undefined,
      });
      return { ...this.#address, ...(made === undefined ? {} : { ca: made.ca }) };
    } catch (error) {
      await this.#door.close();
      await this.#source.close();
      this.#state = 'closed';
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.faults.stop();
    this.#desk?.close();
    this.#door.lock();
    await this.#source.close();
    await this.#futures?.close();
    for (const connection of this.#connections) connection.goAway();
    // Not the market's time: that may stand still, and the sockets are real.
    const { timers } = this.time.below;
    const grace = timers.setTimeout(() => {
      for (const connection of this.#connections) connection.terminate();
    }, CLOSE_GRACE_MS);
    if (this.#connections.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onLastClose = resolve;
      });
    }
    await this.#door.close();
    timers.clearTimeout(grace);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  setStatus(system: SystemStatus): void {
    this.#system = system;
    this.#desk?.exchange.setState(system, this.time.wallNs());
    this.#futures?.exchange.setState(system, this.time.wallNs());
    for (const connection of this.#connections) connection.pushStatus(system);
  }

  /** Asked anew: `close` may have been called during any `await`. */
  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #welcome(webSocket: WebSocket, sockets: LineSockets, path: string): void {
    const open = this.#protocols.get(path);
    if (open === undefined) throw new RangeError(`no protocol at ${path}`);
    this.#counters.connections += 1;
    const connection = new Connection({
      open,
      id: this.#nextConnectionId(),
      ordinal: this.#counters.connections,
      batch: batchOf(this.#options.batches, this.#counters.connections),
      webSocket,
      sockets,
      source: this.#source,
      desk: this.#desk,
      clock: this.time,
      timers: this.time,
      realTimers: this.time.below.timers,
      ledger: this.#options.ledger,
      tail: this.#tail,
      chunks: this.#chunks,
      heartbeats: this.#options.heartbeats ?? 'steady',
      idleTimeoutMs: this.#options.idleTimeoutMs ?? DEFAULT_IDLE_MS,
      maxBufferedBytes: this.#options.maxBufferedBytes ?? DEFAULT_MAX_BUFFERED_BYTES,
      limits: this.#limits,
      counters: this.#counters,
      onClose: (closed) => {
        this.faults.leave(closed.faults);
        this.#connections.delete(closed);
        if (this.#connections.size === 0) this.#onLastClose?.();
      },
    });
    this.#connections.add(connection);
    this.faults.join(connection.faults);
    connection.pushStatus(this.#system);
  }

  #restWing(): Wing {
    return {
      path: REST_PATH,
      handle: (request, response, tcp) => {
        this.#rest?.handle(request, response, {
          fault: (asked) => this.faults.takeRest(asked),
          tcp,
        });
      },
    };
  }

  /** The accounts of a market that had to be read first. */
  #openDesk(market: LateMirror): void {
    const { accounts = [], rest } = this.#options;
    const limits = accountLimitsOf(this.#options);
    const { time } = this;
    this.#desk = openDesk(market.opened, { accounts, limits, clock: time, timers: time });
    this.#rest = rest ?? paperRest(this.#options, time, this.#desk);
  }

  /** A fault that is of no connection. */
  #noteFault(note: FaultNote): void {
    const line = faultLine(this.time.wallNs(), note);
    this.#tail.add(line);
    try {
      this.#options.ledger?.(line);
    } catch (error) {
      this.#counters.ledgerErrors += 1;
      this.#counters.lastLedgerError = error instanceof Error ? error.message : String(error);
    }
  }

  /** Past 2^63, as the exchange's are, and never the same twice; the clock keeps two sandboxes apart. */
  #nextConnectionId(): bigint {
    const fromClock = 2n ** 63n + this.time.wallNs();
    const after = this.#lastConnectionId + 1n;
    this.#lastConnectionId = fromClock > after ? fromClock : after;
    return this.#lastConnectionId;
  }
}

function batchOf(batches: readonly number[] = [1], ordinal: number): number {
  return batches[(ordinal - 1) % batches.length] ?? 1;
}
