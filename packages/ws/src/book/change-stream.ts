/**
 * Names that changed since they were last read, each once, in the order in which they first did. It
 * holds at most one entry a name, so it needs no bound; a slow reader skips states, never the newest.
 */
export class ChangeStream<T> implements AsyncIterableIterator<T, undefined> {
  readonly #changes = new Map<string, number>();
  readonly #read: (name: string, messages: number) => T;
  readonly #onReturn: (stream: ChangeStream<T>) => void;
  #readers: ((result: IteratorResult<T, undefined>) => void)[] = [];
  #isEnded = false;

  constructor(
    read: (name: string, messages: number) => T,
    onReturn: (stream: ChangeStream<T>) => void,
  ) {
    this.#read = read;
    this.#onReturn = onReturn;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** `messages`: 1 for a message, 0 for another change. */
  push(name: string, messages: number): void {
    if (this.#isEnded) return;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#changes.set(name, (this.#changes.get(name) ?? 0) + messages);
    else reader({ done: false, value: this.#read(name, messages) });
  }

  /** What changed can still be read. */
  end(): void {
    this.#isEnded = true;
    const readers = this.#readers;
    this.#readers = [];
    for (const reader of readers) reader({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const [first] = this.#changes;
    if (first !== undefined) {
      const [name, messages] = first;
      this.#changes.delete(name);
      return Promise.resolve({ done: false, value: this.#read(name, messages) });
    }
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#readers.push(resolve);
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#changes.clear();
    this.end();
    this.#onReturn(this);
    return Promise.resolve({ done: true, value: undefined });
  }
}
