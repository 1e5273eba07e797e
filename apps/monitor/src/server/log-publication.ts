import type { RowLog } from '../feed/row-log.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Rows of a log for pages, encoded once for all that have read as far. */
export class LogPublication<T> {
  readonly #log: RowLog<T>;
  readonly #encode: (rows: readonly T[], isSnapshot: boolean) => Bytes;
  readonly #encoded = new Map<number, Bytes>();
  #end = -1;

  constructor(log: RowLog<T>, encode: (rows: readonly T[], isSnapshot: boolean) => Bytes) {
    this.#log = log;
    this.#encode = encode;
  }

  /** For a page that has read up to a row, the rest; for one that is behind, all that is kept. */
  since(read: number): { readonly records: readonly Bytes[]; readonly read: number } {
    const { end } = this.#log;
    if (read === end) return { records: [], read };
    if (this.#end !== end) this.#encoded.clear();
    this.#end = end;
    const isSnapshot = this.#log.isBehind(read);
    const key = isSnapshot ? -1 : read;
    let bytes = this.#encoded.get(key);
    if (bytes === undefined) {
      bytes = this.#encode(this.#log.since(isSnapshot ? this.#log.first : read), isSnapshot);
      this.#encoded.set(key, bytes);
    }
    return { records: [bytes], read: end };
  }
}
