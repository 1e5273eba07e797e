import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Wrong codes before the code is void: it has 256 bits, so that one is a mistake and many are an attack. */
const MAX_WRONG = 5;
const COOKIE = 'kr-monitor';

export interface SessionOptions {
  /** Random bytes as text, unguessable. */
  readonly createSecret: () => string;
}

/**
 * Who may see what is private. The address that is printed has a code in its fragment, which no server
 * log and no `Referer` ever has; the page swaps it, once, for a cookie that no script can read.
 */
export class Sessions {
  readonly #cookie: string;
  #code: string | undefined;
  #wrong = 0;

  constructor({ createSecret }: SessionOptions) {
    this.#code = createSecret();
    this.#cookie = createSecret();
  }

  /** For the address; `undefined` once it was used. */
  get code(): string | undefined {
    return this.#code;
  }

  /** The cookie's header for the right code, which is then void; `undefined` for any other. */
  redeem(code: string, port: number): string | undefined {
    if (this.#code === undefined || !isSame(code, this.#code)) {
      this.#wrong += 1;
      if (this.#wrong >= MAX_WRONG) this.#code = undefined;
      return undefined;
    }
    this.#code = undefined;
    // Cookies do not know ports: another monitor on this machine has one of its own.
    return `${COOKIE}-${port}=${this.#cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }

  isPrivate(request: IncomingMessage, port: number): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const name = `${COOKIE}-${port}=`;
    return cookies.some(
      (cookie) => cookie.startsWith(name) && isSame(cookie.slice(name.length), this.#cookie),
    );
  }
}

const isSame = (given: string, right: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};
