import { sharedBudget } from '../connection/attempt-budget.ts';
import { resolveLimits } from '../connection/connection-options.ts';
import { LiveConnection } from '../connection/create-connection.ts';
import { createRandom } from '../connection/random.ts';
import type { WsError } from '../errors.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { EntryListener } from '../subscriptions/coverage.ts';
import { Pacer } from '../subscriptions/pacer.ts';
import type { ClientOptions } from './client.ts';

/** Makes a client's connections, and holds what they share: budget, pace, randomness, their numbers. */
export class Connector {
  readonly #options: ClientOptions;
  readonly #protocol: Protocol;
  readonly #shared: Pick<ClientOptions, 'budget' | 'random' | 'nextConnectionId'>;
  readonly #pacer: Pacer;
  #wasOpen = false;

  /** @throws WsError `INVALID_OPTION` */
  constructor(options: ClientOptions, protocol: Protocol) {
    const { clock, timers } = options;
    this.#options = options;
    this.#protocol = protocol;
    const { subscribeCostPerSecond } = resolveLimits(options);
    this.#pacer = new Pacer({ clock, timers, perSecond: subscribeCostPerSecond });
    let lastConnectionId = 0;
    this.#shared = {
      budget: options.budget ?? sharedBudget(clock),
      random: options.random ?? createRandom(clock.monotonicNs() ^ clock.wallNs()),
      nextConnectionId: options.nextConnectionId ?? (() => (lastConnectionId += 1)),
    };
  }

  /** One of them was open once. */
  get wasOpen(): boolean {
    return this.#wasOpen;
  }

  /** It opens nothing. */
  connect(
    url: string,
    listener: EntryListener,
    onClosed: (error: WsError | undefined) => void,
  ): LiveConnection {
    const { onState } = this.#options;
    return new LiveConnection(
      {
        ...this.#options,
        ...this.#shared,
        url,
        protocol: this.#protocol,
        // Holes are told by topic. A socket that goes with none of them whole leaves no other.
        onGap: undefined,
        onState: (event) => {
          if (event.to === 'open') this.#wasOpen = true;
          onState?.(event);
          if (event.to === 'closed') onClosed(event.error);
        },
      },
      { listener, pacer: this.#pacer },
    );
  }
}
