import { fixedText } from '../market-data/fixed-text.ts';
import type { FuturesFundsStats } from '../sandbox-types.ts';
import type { FuturesDesk } from './desk.ts';
import { FLEX_CURRENCIES, singleWallets } from './wallets.ts';
import { MONEY_SCALE } from './worth.ts';

/** Where the money of the futures is, by wallet: nothing is made and nothing is lost. */
export function fundsOf({ exchange, clearing }: FuturesDesk): Record<string, FuturesFundsStats> {
  const positions = new Map<string, bigint>();
  for (const account of clearing.holders) {
    for (const market of exchange.markets.values()) {
      const { wallet } = clearing.contractOf(market);
      const { basis } = clearing.positionOf(account, market);
      positions.set(wallet, (positions.get(wallet) ?? 0n) + basis);
    }
  }
  const wallets = [...FLEX_CURRENCIES.map(({ id }) => id), ...singleWallets(clearing).keys()];
  return Object.fromEntries(
    wallets.map((wallet) => {
      const { deposited = 0n, accounts = 0n, house = 0n } = exchange.funds.get(wallet) ?? {};
      const funds = {
        deposited: text(deposited),
        accounts: text(accounts),
        positions: text(positions.get(wallet) ?? 0n),
        agents: text(house),
        fees: text(clearing.income.get(wallet) ?? 0n),
      };
      return [wallet, funds];
    }),
  );
}

function text(amount: bigint): string {
  return fixedText(amount, MONEY_SCALE);
}
