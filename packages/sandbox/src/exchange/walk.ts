import { type Order, remainingLots } from './types.ts';

/** One fill that an order would have. */
export interface Step {
  readonly ticks: number;
  readonly lots: bigint;
}

/**
 * The fills that an order would have now, without a change: level by level, head to tail, icebergs
 * again at the end of the queue for what they hide, own orders as self-trade prevention has it.
 */
export function* walk(order: Order): Generator<Step> {
  const { market, side, limitTicks, account, selfTrade } = order;
  const against = market.book.against(side);
  for (let rank = 0; ; rank += 1) {
    const level = against.at(rank);
    if (level === undefined) return;
    if (limitTicks !== undefined && !against.isWithin(level.ticks, limitTicks)) return;
    const queue: { visible: bigint; hidden: bigint; tip: bigint; isOwn: boolean }[] = [];
    for (let maker = level.head; maker !== undefined; maker = maker.next) {
      const hidden = remainingLots(maker) - maker.visibleLots;
      const isOwn = maker.account === account && !account.isHouse;
      const tip = maker.displayLots ?? maker.visibleLots;
      queue.push({ visible: maker.visibleLots, hidden, tip, isOwn });
    }
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      if (entry.isOwn) {
        if (selfTrade === 'cancel_oldest') continue;
        return;
      }
      yield { ticks: level.ticks, lots: entry.visible };
      if (entry.hidden === 0n) continue;
      const visible = entry.tip < entry.hidden ? entry.tip : entry.hidden;
      queue.push({ ...entry, visible, hidden: entry.hidden - visible });
    }
  }
}

/** True when an order with a limit would be filled whole at once. */
export function canFill(order: Order): boolean {
  let left = remainingLots(order);
  for (const { lots } of walk(order)) {
    left -= lots;
    if (left <= 0n) return true;
  }
  return left <= 0n;
}
