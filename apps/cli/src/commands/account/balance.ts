import { addDecimals, signOfDecimal, subtractDecimals } from '@kr/orderbook/decimal';
import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListingWithAssets } from '../../symbols/listing.ts';

/** What there is of each asset, what orders hold of it, and what is free. */
export const readBalance = async (session: Session): Promise<CommandResult> => {
  const client = await session.spot('private');
  const { signal } = session;
  const [bodies, listing] = await Promise.all([
    client.balanceEx({}, { signal }),
    loadListingWithAssets(client, signal),
  ]);
  const rows = Object.entries(bodies)
    .map(([id, { balance, hold_trade, credit = '0', credit_used = '0' }]) => ({
      asset: listing.asset(id),
      balance,
      held: hold_trade,
      free: subtractDecimals(
        addDecimals(balance, subtractDecimals(credit, credit_used)),
        hold_trade,
      ),
    }))
    .filter(({ balance, held }) => signOfDecimal(balance) !== 0 || signOfDecimal(held) !== 0)
    .toSorted((a, b) => a.asset.localeCompare(b.asset));
  return {
    columns: [
      { key: 'asset' },
      { key: 'balance', align: 'decimal' },
      { key: 'held', align: 'decimal' },
      { key: 'free', align: 'decimal' },
    ],
    rows,
    empty: 'no balance',
  };
};
