import type { Account, Exchange, LedgerEntry } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { formatMicros } from '../protocol/timestamp.ts';

/** One asset of the snapshot of the balances channel. */
export function balanceRows(exchange: Exchange, account: Account): string[] {
  return [...account.assets].map((asset) => {
    const balance = fixedText(account.balance(asset), exchange.scales.get(asset) ?? 0);
    return `{"asset":"${asset}","asset_class":"currency","balance":${balance},"wallets":[{"type":"spot","id":"main","balance":${balance}}]}`;
  });
}

/** What the channel calls the cause of a change, beside its type. (unsure) of positions, by the names documented. */
const CATEGORIES: Readonly<Record<LedgerEntry['type'], string>> = {
  deposit: 'deposit',
  trade: 'trade',
  margin: 'margin-trade',
  rollover: 'marginrollover',
  settled: 'margin-settle',
};

/** One change of a balance. */
export function ledgerRow(exchange: Exchange, entry: LedgerEntry): string {
  const { asset, amount, fee, balance } = entry;
  const text = (value: bigint): string => fixedText(value, exchange.scales.get(asset) ?? 0);
  return `{"ledger_id":"${entry.id}","ref_id":"${entry.refId}","timestamp":"${formatMicros(entry.atNs)}","type":"${entry.type}","asset":"${asset}","asset_class":"currency","category":"${CATEGORIES[entry.type]}","wallet_type":"spot","wallet_id":"main","amount":${text(amount)},"fee":${text(fee)},"balance":${text(balance)}}`;
}
