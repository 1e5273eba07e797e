import type { Exchange } from './exchange.ts';

/** All there is of an asset, in its accounting scale. */
export interface Funds {
  readonly deposited: bigint;
  readonly accounts: bigint;
  readonly house: bigint;
  readonly fees: bigint;
  /** What positions on margin hold; less than nothing: what was advanced for them. */
  readonly lent: bigint;
}

/**
 * Where the money is, by asset. What the accounts and the house have, what is lent and what was taken
 * in fees is what was deposited, to the last digit, at any time: the house begins with nothing and may owe.
 */
export function fundsOf(
  exchange: Pick<Exchange, 'accounts' | 'scales' | 'income' | 'deposits' | 'margin'>,
): ReadonlyMap<string, Funds> {
  const rows = new Map<string, Funds>();
  for (const asset of exchange.scales.keys()) {
    let accounts = 0n;
    let house = 0n;
    for (const account of exchange.accounts.values()) {
      if (account.isHouse) house += account.balance(asset);
      else accounts += account.balance(asset);
    }
    rows.set(asset, {
      deposited: exchange.deposits.get(asset) ?? 0n,
      accounts,
      house,
      fees: exchange.income.get(asset) ?? 0n,
      lent: exchange.margin.lender.balance(asset),
    });
  }
  return rows;
}
