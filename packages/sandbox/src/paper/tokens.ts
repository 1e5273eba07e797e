import type { Clock } from '@kr/schemas/shared';

/** A token that nobody used to subscribe is dead after this. */
export const TOKEN_LIFE_SECONDS = 900;

interface Token {
  readonly key: string;
  readonly issuedNs: bigint;
  /** Connections that hold a private subscription of it: it lives as long as one of them does. */
  readonly users: Set<object>;
}

/** The tokens of the private sockets: of the key that asked for them, and never printed. */
export class Tokens {
  readonly #clock: Clock;
  readonly #create: () => string;
  readonly #tokens = new Map<string, Token>();

  /** `create` makes texts that never repeat. */
  constructor(clock: Clock, create: () => string) {
    this.#clock = clock;
    this.#create = create;
  }

  issue(key: string): string {
    for (const [text, token] of this.#tokens) if (!this.#isAlive(token)) this.#tokens.delete(text);
    const text = this.#create();
    this.#tokens.set(text, { key, issuedNs: this.#clock.monotonicNs(), users: new Set() });
    return text;
  }

  /** The key of a token that lives. */
  keyOf(text: string): string | undefined {
    const token = this.#tokens.get(text);
    return token !== undefined && this.#isAlive(token) ? token.key : undefined;
  }

  /** A connection subscribed to something private with it. */
  hold(text: string, user: object): void {
    this.#tokens.get(text)?.users.add(user);
  }

  /** The connection is gone, or has nothing private any more. */
  release(user: object): void {
    for (const { users } of this.#tokens.values()) users.delete(user);
  }

  #isAlive({ issuedNs, users }: Token): boolean {
    const lifeNs = BigInt(TOKEN_LIFE_SECONDS) * 1_000_000_000n;
    return users.size > 0 || this.#clock.monotonicNs() - issuedNs < lifeNs;
  }
}
