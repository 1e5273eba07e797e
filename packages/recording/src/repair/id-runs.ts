interface Run {
  from: number;
  to: number;
  fromNs: bigint;
  toNs: bigint;
}

/** Ids that were seen, as runs without a hole; in any order, and more than once. */
export class IdRuns {
  #runs: Run[] = [];

  add(id: number, ns: bigint): void {
    const last = this.#runs.at(-1);
    if (last !== undefined && id === last.to + 1) {
      last.to = id;
      last.toNs = ns;
    } else if (last === undefined || id < last.from || id > last.to) {
      this.#runs.push({ from: id, to: id, fromNs: ns, toNs: ns });
    }
  }

  /** What lies between the runs, in order. */
  holes(): { fromId: number; toId: number; afterNs: bigint; beforeNs: bigint }[] {
    const merged: Run[] = [];
    for (const run of this.#runs.toSorted((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last === undefined || run.from > last.to + 1) merged.push({ ...run });
      else if (run.to > last.to) [last.to, last.toNs] = [run.to, run.toNs];
    }
    this.#runs = merged;
    return merged.flatMap((run, at) => {
      const before = merged[at - 1];
      if (before === undefined) return [];
      const [fromId, toId] = [before.to + 1, run.from - 1];
      return [{ fromId, toId, afterNs: before.toNs, beforeNs: run.fromNs }];
    });
  }
}
