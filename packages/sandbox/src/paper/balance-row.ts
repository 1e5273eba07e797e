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

/** One change of a balance. */
export function ledgerRow(exchange: Exchange, entry: LedgerEntry): string {
  const { asset, amount, fee, balance } = entry;
  const text = (value: bigint): string => fixedText(value, exchange.scales.get(asset) ?? 0);
  return `{"ledger_id":"${entry.id}","ref_id":"${entry.refId}","timestamp":"${formatMicros(entry.atNs)}","type":"${entry.type}","asset":"${asset}","asset_class":"currency","category":"${entry.type}","wallet_type":"spot","wallet_id":"main","amount":${text(amount)},"fee":${text(fee)},"balance":${text(balance)}}`;
}
