import type { Frame } from '@kr/schemas/shared';
import { type Deferred, deferred } from '../async/deferred.ts';
import { settledWithin } from '../async/settled-within.ts';
import type { WsError } from '../errors.ts';
import type { Loss } from '../gaps/hole-ledger.ts';
import { ownHoles } from '../gaps/own-holes.ts';
import type { Address } from '../socket/address.ts';
import { type Disconnect, describeDisconnect, isTerminal } from '../socket/disconnect.ts';
import type { ConnectionLimits, ConnectionOptions } from './connection-options.ts';
import { type ConnectionInternals, type ConnectionParts, createParts } from './connection-parts.ts';
import { type ConnectionState, isStep, type StateEvent } from './connection-state.ts';
import * as failures from './failures.ts';
import { RoundTrip } from './round-trip.ts';
import { Uplink } from './uplink.ts';

/** A step without the state it is taken from. */
type Step<Event = StateEvent> = Event extends unknown ? Omit<Event, 'from'> : never;

/** The state machine: takes the steps, tells them, and starts and stops the parts that do the work. */
export class Lifecycle {
  readonly parts: ConnectionParts;
  readonly #options: ConnectionOptions;
  readonly #limits: ConnectionLimits;
  readonly #uplink: Uplink;
  readonly #address: Address;
  readonly #nextConnectionId: () => number;
  readonly #ended = deferred();
  #state: ConnectionState = 'idle';
  #opened: Deferred | undefined;
  #openAttempts = 1;
  #wasOpen = false;
  #closing: Promise<void> | undefined;
  readonly #roundTrip: RoundTrip;
  disconnects = 0;

  constructor(
    options: ConnectionOptions,
    limits: ConnectionLimits,
    address: Address,
    internals: ConnectionInternals,
  ) {
    this.#options = options;
    this.#limits = limits;
    this.#address = address;
    let lastConnectionId = 0;
    this.#nextConnectionId = options.nextConnectionId ?? (() => (lastConnectionId += 1));
    this.#uplink = new Uplink({
      ...limits,
      url: options.url,
      headers: options.headers ?? {},
      timers: options.timers,
      onOpened: () => {
        this.#handleOpened();
      },
      onMessage: (bytes, connectionId) => {
        this.parts.receiver.receive(bytes, connectionId);
      },
      onEnded: (disconnect) => {
        this.#handleEnded(disconnect);
      },
    });
    this.parts = createParts(options, limits, address.host, internals.pacer, {
      send: (method, text) => {
        if (!this.isUp) throw failures.notOpen(method, this.#state);
        this.#uplink.send(method, text);
      },
      ping: () => {
        void this.#roundTrip.measure();
      },
      stale: (silentMs) => {
        if (this.#state === 'open') this.#step({ to: 'stale', connectionId: this.#id, silentMs });
      },
      dead: (silentMs) => {
        this.#uplink.drop();
        this.#handleEnded({ kind: 'silence', silentMs });
      },
      pressure: (isPaused) => {
        this.#handlePressure(isPaused);
      },
      connectionId: () => this.#id,
      listener:
        internals.listener ?? ownHoles((gap) => this.#tell('onGap', () => options.onGap?.(gap))),
      onFrame: (frame) => this.#handleFrame(frame),
      onGap: (gap) => this.#tell('onGap', () => options.onGap?.(gap)),
      onSubscription: (event) =>
        this.#tell('onSubscription', () => options.onSubscription?.(event)),
      onProblem: (event) => this.#tell('onProblem', () => options.onProblem?.(event)),
    });
    this.#roundTrip = new RoundTrip(options.clock, this.parts.requests);
  }

  /** Of the last application ping. */
  get roundTripMs(): number | undefined {
    return this.#roundTrip.ms;
  }

  get bufferedBytes(): number {
    return this.isUp ? this.#uplink.bufferedBytes : 0;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get connectionId(): number | undefined {
    return this.#uplink.connectionId;
  }

  get isUp(): boolean {
    return this.#state === 'open' || this.#state === 'stale';
  }

  /** Closed, or about to be. */
  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  /** Opens once; asked again, gives the same promise. */
  open(attempts: number): Promise<void> {
    if (this.#opened === undefined) {
      this.#opened = deferred();
      this.#openAttempts = attempts;
      this.#begin();
    }
    return this.#opened.promise;
  }

  /** Ends a connection that is not open yet. */
  giveUpOpening(error: WsError): void {
    if (!this.#wasOpen) this.#finish(error);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  get #id(): number {
    return this.connectionId ?? 0;
  }

  #begin(): void {
    const { attempts } = this.parts;
    const connectionId = this.#nextConnectionId();
    this.#step({ to: 'connecting', connectionId, attempt: 1, waitMs: attempts.budgetWaitMs });
    if (this.#state !== 'connecting') return; // Its listener closed the connection.
    attempts.begin(() => {
      this.#connect(connectionId);
    });
  }

  #connectAgain(): void {
    const connectionId = this.#nextConnectionId();
    const attempt = this.parts.attempts.count;
    this.#step({ to: 'connecting', connectionId, attempt, waitMs: 0 });
    if (this.#state === 'connecting') this.#connect(connectionId);
  }

  #connect(connectionId: number): void {
    this.parts.receiver.restart();
    this.#uplink.connect(connectionId);
  }

  #handleOpened(): void {
    const { attempts, fanout, liveness, subscriber } = this.parts;
    this.#wasOpen = true;
    attempts.opened();
    liveness.start();
    if (fanout.isPaused) this.#uplink.pause();
    this.#step({ to: 'open', connectionId: this.#id });
    if (this.#state !== 'open') return;
    this.#opened?.resolve();
    subscriber.start();
  }

  /** The tap comes first; answers whether it worked. */
  #handleFrame(frame: Frame): boolean {
    const { onFrame } = this.#options;
    // Over already when the listener of the gap before it failed.
    if (onFrame !== undefined && this.isUp) {
      try {
        onFrame(frame);
      } catch (cause) {
        this.#handleListenerFailure('onFrame', cause);
      }
    }
    if (!this.isUp) return false;
    this.parts.liveness.seen(frame.receivedAt.monotonicNs);
    if (this.#state === 'stale') this.#step({ to: 'open', connectionId: this.#id });
    return true;
  }

  #handlePressure(isPaused: boolean): void {
    this.parts.liveness.setPaused(isPaused);
    if (isPaused) this.#uplink.pause();
    else this.#uplink.resume();
  }

  #handleEnded(disconnect: Disconnect): void {
    const { attempts } = this.parts;
    this.#letGo(disconnect);
    const shown = this.#address.shown;
    const isSpent = !this.#wasOpen && attempts.count >= this.#openAttempts;
    if (this.#closing !== undefined) this.#finish(undefined);
    else if (!this.#wasOpen && (isSpent || isTerminal(disconnect))) {
      this.#finish(failures.connectFailed(shown, attempts.count, disconnect));
    } else if (isTerminal(disconnect)) this.#finish(failures.connectionLost(shown, disconnect));
    else {
      const connectionId = this.#id;
      const attempt = attempts.count + 1;
      const retryInMs = attempts.retry(disconnect, () => {
        this.#connectAgain();
      });
      this.#step({ to: 'reconnecting', connectionId, attempt, retryInMs, disconnect });
    }
  }

  /** The socket is gone: nobody gets an answer any more, and a hole begins. */
  #letGo(disconnect: Disconnect): void {
    const { liveness, requests, subscriber } = this.parts;
    liveness.stop();
    if (this.isUp) {
      this.disconnects += 1;
      if (this.#closing === undefined) this.#lose(describeDisconnect(disconnect));
    }
    requests.failAll((method) => failures.disconnected(method, disconnect));
    subscriber.stop();
  }

  /** A hole begins in every stream that was whole; where there was none, in the connection. */
  #lose(detail: string): void {
    const { gaps, subscriber } = this.parts;
    const loss: Loss = {
      reason: 'disconnect',
      fromNs: undefined,
      connectionId: this.#id,
      detail,
    };
    if (subscriber.stop(loss) === 0) gaps.lost(this.#id, detail);
  }

  async #close(): Promise<void> {
    const { liveness, requests, subscriber } = this.parts;
    const { closeTimeoutMs } = this.#limits;
    const { timers } = this.#options;
    if (this.isUp) {
      subscriber.quiesce();
      await settledWithin(timers, closeTimeoutMs, requests.drained());
    }
    if (this.isUp) {
      liveness.stop();
      this.#uplink.close();
      await settledWithin(timers, closeTimeoutMs, this.#ended.promise);
    }
    this.#finish(undefined);
  }

  /** The last step. An error says why; without one it was `close()`. */
  #finish(error: WsError | undefined): void {
    const from = this.#state;
    if (from === 'closed') return;
    const { attempts, fanout, gaps, liveness, requests, subscriber } = this.parts;
    this.#state = 'closed';
    this.#closing ??= this.#ended.promise;
    attempts.cancel();
    liveness.stop();
    this.#uplink.drop();
    const ended = error ?? failures.closed('the connection');
    requests.failAll((method) => failures.disconnected(method, failures.CLOSED_BY_US));
    subscriber.end(ended);
    const gap = gaps.end();
    if (gap !== undefined) this.#tell('onGap', () => this.#options.onGap?.(gap));
    fanout.end(error);
    this.#tell('onState', () => this.#options.onState?.({ from, to: 'closed', error }));
    this.#opened?.reject(ended);
    this.#ended.resolve();
  }

  #step(step: Step): void {
    const from = this.#state;
    if (!isStep(from, step.to)) throw new TypeError(`No step from ${from} to ${step.to}.`);
    this.#state = step.to;
    this.#tell('onState', () => this.#options.onState?.({ ...step, from }));
  }

  #tell(listener: string, call: () => void): void {
    try {
      call();
    } catch (cause) {
      this.#handleListenerFailure(listener, cause);
    }
  }

  /** A listener that throws ends the connection: what it missed is unknown. */
  #handleListenerFailure(listener: string, cause: unknown): void {
    if (this.#state === 'closed') return;
    if (this.isUp) this.#lose(`${listener} failed`);
    this.#finish(failures.listenerFailed(listener, cause));
  }
}
