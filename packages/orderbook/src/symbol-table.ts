const QUOTE = 0x22;
const FIRST_SIZE = 64;

interface Entry<TValue> {
  readonly symbol: string;
  readonly hash: number;
  value: TValue;
}

/**
 * Values by symbol, found from the bytes of a frame without making a string of them: an
 * open-addressing table, at most half full.
 */
export class SymbolTable<TValue> {
  #entries: (Entry<TValue> | undefined)[] = Array.from<undefined>({ length: FIRST_SIZE });
  #count = 0;

  /** The value of the symbol that begins at `start` and ends before the next quote. */
  find(bytes: Uint8Array, start: number, length: number): TValue | undefined {
    let hash = 0;
    let end = start;
    for (; end < length && bytes[end] !== QUOTE; end++) hash = mix(hash, bytes[end]!);
    const entries = this.#entries;
    const mask = entries.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const entry = entries[slot];
      if (entry === undefined) return undefined;
      if (entry.hash === hash && isSame(entry.symbol, bytes, start, end)) return entry.value;
    }
  }

  set(symbol: string, value: TValue): void {
    if (this.#count * 2 >= this.#entries.length) this.#grow();
    let hash = 0;
    for (let i = 0; i < symbol.length; i++) hash = mix(hash, symbol.charCodeAt(i));
    const entry = this.#place({ symbol, hash, value });
    entry.value = value;
  }

  clear(): void {
    this.#entries = Array.from<undefined>({ length: FIRST_SIZE });
    this.#count = 0;
  }

  #place(added: Entry<TValue>): Entry<TValue> {
    const mask = this.#entries.length - 1;
    for (let slot = spread(added.hash) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#entries[slot];
      if (entry?.symbol === added.symbol) return entry;
      if (entry === undefined) {
        this.#entries[slot] = added;
        this.#count++;
        return added;
      }
    }
  }

  #grow(): void {
    const old = this.#entries;
    this.#entries = Array.from<undefined>({ length: old.length * 2 });
    this.#count = 0;
    for (const entry of old) if (entry !== undefined) this.#place(entry);
  }
}

const mix = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

/** Similar symbols differ in their hash's low bits only: brings the high ones down. */
const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8;

function isSame(symbol: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== symbol.length) return false;
  for (let i = 0; i < symbol.length; i++) {
    if (symbol.charCodeAt(i) !== bytes[start + i]) return false;
  }
  return true;
}
