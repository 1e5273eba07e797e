import type { Clock, Timers, TokenProvider, WebSocketToken } from '@kr/schemas/shared';
import { WsError } from '../errors.ts';
import type { Params } from '../protocol/protocol.ts';
import type { Authorizer } from './authorizer.ts';

export interface TokenKeeperOptions {
  readonly provider: TokenProvider;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Least time between two attempts to renew. */
const LEAST_MS = 1000;
/** After a failed renewal, this part of the life passes before the next: several fit into its second half. */
const RETRY_PART = 16;

/**
 * The token of one socket. It is asked for once, however many wait for it; replaced at half its life,
 * so that no order ever waits for one; and forgotten with its socket, or when the exchange refuses it.
 * While a renewal fails the old one is used: it lives as long as what was subscribed with it.
 */
export class TokenKeeper implements Authorizer {
  readonly #options: TokenKeeperOptions;
  #token: string | undefined;
  #flight: Promise<string> | undefined;
  #controller = new AbortController();
  #timer: unknown;

  constructor(options: TokenKeeperOptions) {
    this.#options = options;
  }

  async params(): Promise<Params> {
    return { token: this.#token ?? (await this.#fetch()) };
  }

  handleRefused({ token }: Params): void {
    // A later one may be here already.
    if (token === this.#token) this.#drop();
  }

  forget(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
    this.#flight = undefined;
    this.#drop();
  }

  #drop(): void {
    this.#token = undefined;
    this.#clearTimer();
  }

  #fetch(): Promise<string> {
    this.#flight ??= this.#ask(this.#controller.signal);
    return this.#flight;
  }

  async #ask(signal: AbortSignal): Promise<string> {
    const { provider, clock } = this.#options;
    try {
      const answer = await provider({ signal });
      if (!signal.aborted) {
        this.#token = answer.token;
        const lifeMs = lifeMsOf(answer, clock);
        this.#renewIn(lifeMs / 2, lifeMs);
      }
      return answer.token;
    } catch (cause) {
      throw noToken(cause);
    } finally {
      if (!signal.aborted) this.#flight = undefined;
    }
  }

  #renewIn(ms: number, lifeMs: number): void {
    this.#clearTimer();
    const waitMs = Math.max(LEAST_MS, Math.floor(ms));
    this.#timer = this.#options.timers.setTimeout(() => {
      this.#timer = undefined;
      this.#fetch().catch(() => {
        if (this.#token !== undefined) this.#renewIn(lifeMs / RETRY_PART, lifeMs);
      });
    }, waitMs);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function lifeMsOf({ expiresAtNs }: WebSocketToken, clock: Clock): number {
  return Number(expiresAtNs - clock.wallNs()) / 1e6;
}

/** Whose words the cause's are is unknown: they stay in it. */
function noToken(cause: unknown): WsError<'NO_TOKEN'> {
  const name = cause instanceof Error ? cause.name : typeof cause;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  const named = typeof code === 'string' ? `${name} ${code}` : name;
  return new WsError(
    'NO_TOKEN',
    `No token could be had: the token provider failed with ${named}. See its cause; is the key allowed to open WebSockets?`,
    { failure: named },
    { cause },
  );
}
