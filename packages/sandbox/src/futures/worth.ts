import type { FuturesContract } from './contracts.ts';
import { abs } from './position.ts';

/** Decimals in which every currency of the futures wallets is accounted. */
export const MONEY_SCALE = 10;

/** What signed lots cost at a price, in the settlement currency: below zero is paid, above it received. */
export function flowOf(contract: FuturesContract, ticks: number, lots: bigint): bigint {
  const value = valueOf(contract, ticks, lots);
  // A contract of a USD is bought with the base: who is long of it gains when the base gains on the USD.
  const isPaid = (contract.kind === 'linear') === lots > 0n;
  return isPaid ? -value : value;
}

/** What lots are worth at a price in the settlement currency, rounded down. */
export function valueOf(contract: FuturesContract, ticks: number, lots: bigint): bigint {
  const { kind, pricePrecision, quantityPrecision } = contract;
  const size = abs(lots);
  if (kind === 'linear')
    return BigInt(ticks) * size * unit(MONEY_SCALE - pricePrecision - quantityPrecision);
  return (size * unit(MONEY_SCALE + pricePrecision - quantityPrecision)) / BigInt(ticks);
}

/** What lots are worth at a price in USD. */
export function usdOf(contract: FuturesContract, ticks: number, lots: bigint): bigint {
  return contract.kind === 'linear'
    ? valueOf(contract, ticks, lots)
    : abs(lots) * unit(MONEY_SCALE - contract.quantityPrecision);
}

/** The average price of an open position, in millionths of a tick. */
export function entryMicroTicks(contract: FuturesContract, lots: bigint, basis: bigint): bigint {
  const { kind, pricePrecision, quantityPrecision } = contract;
  const size = abs(lots);
  const paid = abs(basis);
  if (size === 0n || paid === 0n) return 0n;
  const micro = 1_000_000n;
  return kind === 'linear'
    ? (paid * micro) / (size * unit(MONEY_SCALE - pricePrecision - quantityPrecision))
    : (size * unit(MONEY_SCALE + pricePrecision - quantityPrecision) * micro) / paid;
}

function unit(decimals: number): bigint {
  return 10n ** BigInt(decimals);
}
