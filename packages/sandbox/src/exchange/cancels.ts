import type { Account } from './account.ts';
import type { DueQueue } from './due.ts';
import type { Market } from './market.ts';
import type { Matching } from './matching.ts';
import { REASONS, REFUSALS, Refusal } from './refusal.ts';
import type { Order } from './types.ts';

const SECOND_NS = 1_000_000_000n;

/**
 * Cancels all of an account's orders: at once, or when its dead man's switch strikes. Nothing is
 * cancelled in maintenance: who asks is refused, and what a switch owes is done when the market is back.
 */
export class Cancels {
  readonly #markets: ReadonlyMap<string, Market>;
  readonly #matching: Matching;
  readonly #due: DueQueue;
  /** Whose switch struck in maintenance, and when. */
  readonly #owed = new Map<Account, bigint>();

  constructor(markets: ReadonlyMap<string, Market>, matching: Matching, due: DueQueue) {
    this.#markets = markets;
    this.#matching = matching;
    this.#due = due;
  }

  /** All that pass, the oldest first; answers how many, or why none could be. */
  all(
    account: Account,
    nowNs: bigint,
    reason: string,
    passes: (order: Order) => boolean = () => true,
  ): number | Refusal {
    const wanted = [...account.openOrders].filter(passes);
    const kept = wanted.filter(isKept);
    const count = wanted.length - kept.length;
    if (this.#isDown || (count === 0 && kept.length > 0)) return new Refusal(REFUSALS.unavailable);
    for (const order of wanted) {
      if (!isKept(order)) this.#matching.end(order, 'canceled', reason, nowNs);
    }
    return count;
  }

  /** Arms the switch anew, or with 0 seconds disarms it; answers when it strikes. */
  after(account: Account, seconds: number, nowNs: bigint): bigint | undefined | Refusal {
    if (this.#isDown) return new Refusal(REFUSALS.unavailable);
    const atNs = seconds === 0 ? undefined : nowNs + BigInt(seconds) * SECOND_NS;
    account.cancelAllNs = atNs;
    if (atNs === undefined) return undefined;
    this.#due.add(atNs, () => {
      if (account.cancelAllNs !== atNs) return;
      account.cancelAllNs = undefined;
      this.#strike(account, atNs, atNs);
    });
    return atNs;
  }

  /** Markets may be back: does what switches owe there. */
  resume(nowNs: bigint): void {
    for (const [account, atNs] of this.#owed) this.#strike(account, atNs, nowNs);
  }

  /** All that was open when the switch struck; what cannot be cancelled yet stays owed. */
  #strike(account: Account, atNs: bigint, nowNs: bigint): void {
    const wasOpen = ({ openNs }: Order): boolean => openNs <= atNs;
    this.all(account, nowNs, REASONS.timeout, wasOpen);
    const isOwed = [...account.openOrders].some((order) => wasOpen(order) && isKept(order));
    if (isOwed) this.#owed.set(account, atNs);
    else this.#owed.delete(account);
  }

  /** Whether the whole trading engine is in maintenance. */
  get #isDown(): boolean {
    for (const { state } of this.#markets.values()) if (state !== 'maintenance') return false;
    return true;
  }
}

function isKept({ market }: Order): boolean {
  return market.state === 'maintenance';
}
