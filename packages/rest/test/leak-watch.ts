/** The suite's search for leaks, which `scripts/leak-watch.ts` sets up. */
export interface LeakWatch {
  /** A secret, a signature, a token, a one-time password. */
  keep(secret: string): void;
  /** A text that somebody could read. */
  see(text: string): void;
}

export function leakWatch(): LeakWatch | undefined {
  return (globalThis as { readonly krLeakWatch?: LeakWatch }).krLeakWatch;
}
