interface Entry {
  readonly atNs: bigint;
  readonly number: number;
  readonly act: () => void;
}

/** What is to be done later, by time, then in the order in which it was asked for: a binary heap. */
export class DueQueue {
  readonly #heap: Entry[] = [];
  #count = 0;

  get nextNs(): bigint | undefined {
    return this.#heap[0]?.atNs;
  }

  add(atNs: bigint, act: () => void): void {
    this.#count += 1;
    const heap = this.#heap;
    heap.push({ atNs, number: this.#count, act });
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the first entry that is due, `undefined` when none is. */
  take(nowNs: bigint): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.at(-1);
    if (first === undefined || last === undefined || first.atNs > nowNs) return undefined;
    heap.pop();
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && this.#isBefore(child, least)) least = child;
      }
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return false;
    return first.atNs < second.atNs || (first.atNs === second.atNs && first.number < second.number);
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
