import { sumDecimals } from '@kr/orderbook/decimal';
import type { BalancesFrame, LedgerTransaction, Wallet } from '@kr/schemas';
import type { GapEvent } from '@kr/schemas/shared';
import type { Client } from '../client/client.ts';
import type { AccountStatus, AccountStatusEvent } from './account-status.ts';
import { type Applied, KeyedFeed } from './keyed-feed.ts';

/** What one has of an asset, in all wallets. Quantities are the wire's digits. */
export interface Balance {
  readonly asset: string;
  readonly total: string;
  readonly wallets: readonly Wallet[];
}

export interface BalancesOptions {
  /** A balance changed: the new one, and the ledger entry that changed it (none of a snapshot). */
  readonly onBalance?:
    | ((balance: Balance, entry: LedgerTransaction | undefined) => void)
    | undefined;
  readonly onStatus?: ((event: AccountStatusEvent) => void) | undefined;
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
}

/** One's own balances, kept up to date. */
export interface BalanceFeed extends AsyncDisposable {
  readonly status: AccountStatus;
  readonly all: readonly Balance[];
  get(asset: string): Balance | undefined;
  /** Resolves when it is live, at once if it is. @throws WsError `ABORTED`, or why it ended */
  live(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  close(): Promise<void>;
}

function apply(
  message: unknown,
  known: ReadonlyMap<string, Balance> | undefined,
): Applied<Balance, LedgerTransaction> | undefined {
  const frame = message as BalancesFrame;
  if (frame.type === 'snapshot') {
    const all = new Map<string, Balance>();
    for (const { asset, balance, wallets } of frame.data) {
      all.set(asset, { asset, total: balance, wallets });
    }
    return { all, isWhole: true, changes: [] };
  }
  if (known === undefined) return undefined;
  const all = new Map(known);
  const changes = frame.data.map((entry) => {
    const balance = applyEntry(all.get(entry.asset), entry);
    all.set(entry.asset, balance);
    return [balance, entry] as const;
  });
  return { all, isWhole: false, changes };
}

/**
 * `balance` of an entry is that of its wallet after it: the entry is one of a wallet's ledger. The
 * documentation does not say whether it means that or all wallets; for an account with one wallet an
 * asset both are the same.
 */
function applyEntry(before: Balance | undefined, entry: LedgerTransaction): Balance {
  const { asset, wallet_type: type, wallet_id: id, balance } = entry;
  const wallet: Wallet = { type, id, balance };
  const others = (before?.wallets ?? []).filter((other) => other.type !== type || other.id !== id);
  const wallets = [...others, wallet];
  return { asset, wallets, total: sumDecimals(wallets.map((each) => each.balance)) };
}

/**
 * Keeps one's own balances. After a break they are `live` again with the next snapshot.
 *
 * @throws WsError `INVALID_PARAMS` without a token provider, `CLOSED`
 */
export function balances(client: Client, options: BalancesOptions = {}): BalanceFeed {
  const { onBalance, onStatus, onGap } = options;
  return new KeyedFeed<Balance, LedgerTransaction>(client, {
    what: 'balances',
    channel: 'balances',
    apply,
    onChange: (balance, entry) => onBalance?.(balance, entry),
    onStatus,
    onGap,
  });
}
