import type { Side } from './types.ts';

/** How a price is given: itself, an offset in ticks, or an offset in millionths of the reference. */
export type PriceRule =
  | { readonly kind: 'static'; readonly ticks: number }
  | { readonly kind: 'quote'; readonly ticks: number }
  | { readonly kind: 'pct'; readonly millionths: number };

/** Which price a trigger watches: of the last trade, of the index, or that by which margin is reckoned. */
export type PriceReference = 'index' | 'last' | 'mark';

/** What wakes a stop, a take-profit or a trailing stop. */
export interface Trigger {
  readonly reference: PriceReference;
  /** `rising`: at or above its price, `falling`: at or below. */
  readonly direction: 'rising' | 'falling';
  readonly isTrailing: boolean;
  rule: PriceRule;
  /** Of a limit that follows the trigger price; `undefined`: the order's own limit. */
  readonly limitRule: PriceRule | undefined;
  ticks: number;
  /** The best price that a trailing stop has seen. */
  peakTicks: number;
  /** The reference's price when it was triggered. */
  actualTicks: number | undefined;
  triggeredNs: bigint | undefined;
}

const MILLION = 1_000_000n;

/** The price of a rule against a reference, on the grid of the increment, at least one of it. */
export function resolvePrice(rule: PriceRule, reference: number, increment: number): number {
  if (rule.kind === 'static') return rule.ticks;
  const exact =
    rule.kind === 'quote'
      ? BigInt(reference + rule.ticks)
      : roundedShare(BigInt(reference), MILLION + BigInt(rule.millionths));
  const step = BigInt(increment);
  const ticks = ((exact + step / 2n) / step) * step;
  return Math.max(increment, Number(ticks));
}

function roundedShare(value: bigint, share: bigint): bigint {
  return (value * share + MILLION / 2n) / MILLION;
}

/** A trailing stop trails on the far side: below the peak of a sale, above the trough of a purchase. */
export function trailingRule(rule: PriceRule, side: Side): PriceRule {
  const sign = side === 'sell' ? -1 : 1;
  if (rule.kind === 'pct') return { kind: 'pct', millionths: sign * Math.abs(rule.millionths) };
  return { kind: 'quote', ticks: sign * Math.abs(rule.ticks) };
}

/** Lets a trailing stop follow its reference; true when its price moved. */
export function follow(trigger: Trigger, reference: number, increment: number): boolean {
  if (!trigger.isTrailing) return false;
  const sells = trigger.direction === 'falling';
  if (sells ? reference <= trigger.peakTicks : reference >= trigger.peakTicks) return false;
  trigger.peakTicks = reference;
  const before = trigger.ticks;
  trigger.ticks = resolvePrice(trigger.rule, reference, increment);
  return trigger.ticks !== before;
}

export function isReached(trigger: Trigger, reference: number): boolean {
  return trigger.direction === 'rising' ? reference >= trigger.ticks : reference <= trigger.ticks;
}
