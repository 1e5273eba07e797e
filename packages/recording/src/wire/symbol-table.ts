const decoder = new TextDecoder();

/**
 * Gives one string for equal bytes without making it anew each time: a hash over a dozen bytes costs a
 * tenth of decoding them.
 */
export class SymbolTable {
  readonly #known = new Map<number, { readonly bytes: Uint8Array; readonly text: string }[]>();

  intern(bytes: Uint8Array, from: number, to: number): string {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    let same = this.#known.get(hash);
    if (same === undefined) {
      same = [];
      this.#known.set(hash, same);
    }
    for (const entry of same) {
      if (isEqual(entry.bytes, bytes, from, to)) return entry.text;
    }
    const own = bytes.slice(from, to);
    const text = decoder.decode(own);
    same.push({ bytes: own, text });
    return text;
  }
}

function isEqual(own: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (own.length !== to - from) return false;
  for (let at = 0; at < own.length; at += 1) {
    if (own[at] !== bytes[from + at]) return false;
  }
  return true;
}
