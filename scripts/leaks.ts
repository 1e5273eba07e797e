/** So many characters of a secret in a row are a leak. */
const RUN = 8;
/** A shorter text is looked for as a whole, with no letter or digit beside it. */
const LEAST = 4;

/** Gathers secrets, and what was shown; says which secrets showed. */
export class LeakWatch {
  readonly #runs = new Map<string, string>();
  readonly #short = new Set<string>();
  readonly #seen = new Set<string>();

  /** A secret, a signature, a token, a one-time password. */
  keep(secret: string): void {
    if (secret.length < RUN) {
      if (secret.length >= LEAST) this.#short.add(secret);
      return;
    }
    for (let at = 0; at + RUN <= secret.length; at += 1) {
      const run = secret.slice(at, at + RUN);
      if (!this.#runs.has(run)) this.#runs.set(run, secret);
    }
  }

  /** A text that somebody could read. */
  see(text: string): void {
    this.#seen.add(text);
  }

  /** The pieces of secrets that were seen, each with some of what is around it; then begins anew. */
  take(): string[] {
    const found = new Set<string>();
    for (const text of this.#seen) {
      for (let at = 0; at + RUN <= text.length; at += 1) {
        const run = text.slice(at, at + RUN);
        if (this.#runs.has(run)) found.add(`${run} in ${around(text, at)}`);
      }
      for (const short of this.#short) {
        const at = text.search(new RegExp(`(?<![\\w.])${escaped(short)}(?![\\w.])`));
        if (at >= 0) found.add(`${short} in ${around(text, at)}`);
      }
    }
    this.#seen.clear();
    this.#runs.clear();
    this.#short.clear();
    return [...found].slice(0, 5);
  }
}

function around(text: string, at: number): string {
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 30));
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
