import type { FuturesDesk } from '../src/futures/desk.ts';
import { applyFill, FLAT, type Position } from '../src/futures/position.ts';
import { flowOf } from '../src/futures/worth.ts';

/** What was put in by all accounts, by wallet. */
export function futuresDeposits({ exchange }: FuturesDesk): Map<string, bigint> {
  const deposits = new Map<string, bigint>();
  for (const { ledger } of exchange.accounts.values()) {
    for (const { asset, amount } of ledger) {
      deposits.set(asset, (deposits.get(asset) ?? 0n) + amount);
    }
  }
  return deposits;
}

/** What must hold of contracts at any time; answers sentences, none when all is well. */
export function futuresFaultsOf(
  desk: FuturesDesk,
  deposits: ReadonlyMap<string, bigint>,
): string[] {
  const { exchange, clearing } = desk;
  const faults: string[] = [];
  const sums = new Map<string, bigint>(clearing.income);
  const add = (wallet: string, amount: bigint): void => {
    sums.set(wallet, (sums.get(wallet) ?? 0n) + amount);
  };
  for (const account of exchange.accounts.values()) {
    for (const asset of account.assets) add(asset, account.balance(asset));
    if (account.isHouse) continue;
    for (const market of exchange.markets.values()) {
      const contract = desk.contractOf(market);
      const position = clearing.positionOf(account, market);
      add(contract.wallet, position.basis);
      if (position.lots === 0n && position.basis !== 0n) {
        faults.push(`${account.id} is flat in ${contract.symbol} and has a basis`);
      }
      // The same from its trades alone, unless the exchange settled it.
      if (market.state === 'maintenance') continue;
      let replayed: Position = FLAT;
      for (const { order, ticks, lots } of account.trades) {
        if (order.market !== market) continue;
        const change = order.side === 'buy' ? lots : -lots;
        replayed = applyFill(replayed, change, flowOf(contract, ticks, change)).position;
      }
      if (replayed.lots !== position.lots || replayed.basis !== position.basis) {
        faults.push(`${account.id}: ${contract.symbol} is not what its trades make of it`);
      }
    }
    const last = new Map<string, bigint>();
    let id = 0;
    for (const entry of clearing.log.of(account)) {
      id += 1;
      if (entry.id !== id) faults.push(`${account.id}: log entry ${entry.id} is not ${id}`);
      const before = last.get(entry.asset);
      if (before !== undefined && before !== entry.before) {
        faults.push(`${account.id}: log of ${entry.asset} has a hole at ${entry.id}`);
      }
      const { realized = 0n, fee = 0n, funding = 0n } = entry;
      const isMove = entry.info !== 'transfer' && !entry.isPosition;
      if (isMove && entry.after !== entry.before + realized - fee + funding) {
        faults.push(`${account.id}: log entry ${entry.id} does not add up`);
      }
      last.set(entry.asset, entry.after);
    }
    for (const [asset, after] of last) {
      const market = exchange.markets.get(asset);
      const now = market === undefined ? account.balance(asset) : clearing.lotsOf(account, market);
      if (now !== after) faults.push(`${account.id}: the log of ${asset} ends elsewhere`);
    }
    for (const order of account.openOrders) {
      if (order.held !== order.lots - order.filledLots) faults.push(`${order.id} counts wrongly`);
      if (!order.reduceOnly || order.level === undefined) continue;
      const held = clearing.lotsOf(account, order.market);
      const most = order.side === 'buy' ? -held : held;
      if (order.held > most) faults.push(`${order.id} may do more than reduce`);
    }
  }
  for (const [wallet, sum] of sums) {
    const expected = deposits.get(wallet) ?? 0n;
    if (sum !== expected) faults.push(`${wallet}: ${sum} of ${expected} are there`);
  }
  return faults;
}
