import type { Account, LedgerEntry } from './account.ts';
import type { Ids } from './ids.ts';
import type { Journal } from './journal.ts';

/** Changes balances, each with its ledger entry, and counts what the exchange took in. */
export class Books {
  /** What the exchange took in fees, by asset. */
  readonly income: Map<string, bigint> = new Map();
  /** What was ever put into accounts, by asset. */
  readonly deposits: Map<string, bigint> = new Map();
  readonly #ids: Ids;
  readonly #journal: Journal;

  constructor(ids: Ids, journal: Journal) {
    this.#ids = ids;
    this.#journal = journal;
  }

  deposit(account: Account, asset: string, amount: bigint, atNs: bigint): void {
    const refId = account.isHouse ? '' : this.#ids.next('R');
    this.deposits.set(asset, (this.deposits.get(asset) ?? 0n) + amount);
    this.book(account, { refId, atNs, type: 'deposit', asset, amount, fee: 0n });
  }

  /** Books one change; answers the entry's id. */
  book(account: Account, entry: Omit<LedgerEntry, 'id' | 'balance'>): string {
    const { asset, amount, fee } = entry;
    const balance = account.add(asset, amount - fee);
    if (account.isHouse) return '';
    const id = this.#ids.next('L');
    const booked = { id, ...entry, balance };
    account.addEntry(booked);
    this.#journal.entry(account, booked);
    if (fee > 0n) this.income.set(asset, (this.income.get(asset) ?? 0n) + fee);
    return id;
  }
}
