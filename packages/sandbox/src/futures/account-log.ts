import type { Account } from '../exchange/index.ts';

/** Why an entry was made, in the exchange's words. */
export type LogInfo =
  | 'futures trade'
  | 'futures liquidation'
  | 'funding rate change'
  | 'settlement'
  | 'transfer';

/** One change of one balance, of money or of a position. Amounts of money are in `MONEY_SCALE`, of positions in lots. */
export interface LogEntry {
  /** Counts the account's entries from 1. */
  readonly id: number;
  readonly account: Account;
  readonly atNs: bigint;
  readonly info: LogInfo;
  /** The wallet's key of money, the symbol of a position. */
  readonly asset: string;
  readonly isPosition: boolean;
  readonly before: bigint;
  readonly after: bigint;
  /** Of a contract's doings: its symbol. */
  readonly contract?: string | undefined;
  /** Average prices of the position, in millionths of a tick. */
  readonly entryBefore?: bigint | undefined;
  readonly entryAfter?: bigint | undefined;
  readonly tradeTicks?: number | undefined;
  /** In millionths of a USD. */
  readonly mark?: bigint | undefined;
  readonly realized?: bigint | undefined;
  readonly fee?: bigint | undefined;
  /** Relative, in 1e-12. */
  readonly fundingRate?: bigint | undefined;
  readonly funding?: bigint | undefined;
  /** The trade's number in its market. */
  readonly tradeId?: number | undefined;
}

/** Entries kept of an account: the oldest are forgotten, the numbers go on. */
const KEPT = 50_000;

/** What happened to each account's balances and positions, oldest first. */
export class AccountLog {
  readonly #entries = new Map<Account, LogEntry[]>();
  readonly #counts = new Map<Account, number>();
  /** Made since the last {@link AccountLog.take}. */
  #fresh: LogEntry[] = [];

  add(entry: Omit<LogEntry, 'id'>): void {
    const { account } = entry;
    const id = (this.#counts.get(account) ?? 0) + 1;
    this.#counts.set(account, id);
    const entries = this.#entries.get(account) ?? [];
    this.#entries.set(account, entries);
    const made = { id, ...entry };
    entries.push(made);
    if (entries.length > KEPT * 1.2) entries.splice(0, entries.length - KEPT);
    this.#fresh.push(made);
  }

  of(account: Account): readonly LogEntry[] {
    return this.#entries.get(account) ?? [];
  }

  /** What is new, once. */
  take(): readonly LogEntry[] {
    const fresh = this.#fresh;
    if (fresh.length > 0) this.#fresh = [];
    return fresh;
  }
}
