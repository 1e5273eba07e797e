import type { Account } from './account.ts';
import type { DueQueue } from './due.ts';
import type { Matching } from './matching.ts';
import { REASONS } from './refusal.ts';
import type { Order } from './types.ts';

const SECOND_NS = 1_000_000_000n;

/** Cancels all of an account's orders: at once, or when its dead man's switch strikes. */
export class Cancels {
  readonly #matching: Matching;
  readonly #due: DueQueue;

  constructor(matching: Matching, due: DueQueue) {
    this.#matching = matching;
    this.#due = due;
  }

  /** All that pass, the oldest first, but for those of markets in maintenance; answers how many. */
  all(
    account: Account,
    nowNs: bigint,
    reason: string,
    passes: (order: Order) => boolean = () => true,
  ): number {
    let count = 0;
    for (const order of [...account.openOrders]) {
      if (order.market.state === 'maintenance' || !passes(order)) continue;
      this.#matching.end(order, 'canceled', reason, nowNs);
      count += 1;
    }
    return count;
  }

  /** Arms the switch anew, or with 0 seconds disarms it; answers when it strikes. */
  after(account: Account, seconds: number, nowNs: bigint): bigint | undefined {
    const atNs = seconds === 0 ? undefined : nowNs + BigInt(seconds) * SECOND_NS;
    account.cancelAllNs = atNs;
    if (atNs === undefined) return undefined;
    this.#due.add(atNs, () => {
      if (account.cancelAllNs !== atNs) return;
      account.cancelAllNs = undefined;
      this.all(account, atNs, REASONS.timeout);
    });
    return atNs;
  }
}
