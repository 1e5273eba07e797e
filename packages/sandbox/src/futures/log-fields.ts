import { formatTimestamp } from '@kr/schemas/shared';
import type { LogEntry } from './account-log.ts';
import type { FuturesDesk } from './desk.ts';
import { numberText, roundedText } from './number-text.ts';
import { microText, relativeRate } from './ticker.ts';
import { tradeUid, uuidOf } from './uuid.ts';
import { isFlex } from './wallets.ts';
import { MONEY_SCALE } from './worth.ts';

/** `2026-07-14T03:33:20.123Z` */
export function isoMillis(ns: bigint): string {
  return `${formatTimestamp(ns).slice(0, 23)}Z`;
}

/** An entry of the account log as JSON texts, in the names of REST and of the v1 socket, which are the same. */
export function logFields(desk: FuturesDesk, entry: LogEntry): Record<string, string | undefined> {
  const { asset, isPosition, contract: symbol } = entry;
  const contract = desk.clearing.contracts.find((each) => each.symbol === symbol);
  const amount = (value: bigint): string =>
    numberText(value, isPosition ? (contract?.quantityPrecision ?? 0) : MONEY_SCALE);
  const entryPrice = (micro: bigint | undefined): string =>
    micro === undefined || micro === 0n
      ? 'null'
      : roundedText(micro, 6 + (contract?.pricePrecision ?? 0), 8);
  return {
    id: String(entry.id),
    date: JSON.stringify(isoMillis(entry.atNs)),
    asset: JSON.stringify(isPosition || !isFlex(asset) ? nameOf(desk, asset) : asset.toLowerCase()),
    info: JSON.stringify(entry.info),
    booking_uid: JSON.stringify(uuidOf(`booking ${entry.account.id} ${entry.id}`)),
    margin_account: JSON.stringify(
      isFlex(contract?.wallet ?? asset) ? 'flex' : (contract?.wallet ?? asset),
    ),
    old_balance: amount(entry.before),
    new_balance: amount(entry.after),
    old_average_entry_price: isPosition ? entryPrice(entry.entryBefore) : 'null',
    new_average_entry_price: isPosition ? entryPrice(entry.entryAfter) : 'null',
    trade_price:
      entry.tradeTicks === undefined
        ? 'null'
        : numberText(entry.tradeTicks, contract?.pricePrecision ?? 0),
    mark_price:
      entry.mark === undefined
        ? 'null'
        : microText(entry.mark, (contract?.pricePrecision ?? 0) + 2),
    realized_pnl: money(entry.realized),
    fee: money(entry.fee),
    execution:
      entry.tradeId === undefined || symbol === undefined
        ? 'null'
        : JSON.stringify(tradeUid(symbol, entry.tradeId)),
    collateral: contract === undefined ? 'null' : JSON.stringify(contract.settlement.toLowerCase()),
    funding_rate: entry.fundingRate === undefined ? 'null' : relativeRate(entry.fundingRate),
    realized_funding: money(entry.funding),
    contract: symbol === undefined ? 'null' : JSON.stringify(symbol.toLowerCase()),
    conversion_spread_percentage: 'null',
    liquidation_fee: 'null',
  };
}

function money(amount: bigint | undefined): string {
  return amount === undefined ? 'null' : numberText(amount, MONEY_SCALE);
}

/** A position by its contract, the money of a single-collateral wallet by its currency. */
function nameOf(desk: FuturesDesk, asset: string): string {
  const owner = desk.clearing.contracts.find(({ wallet }) => wallet === asset);
  return (owner?.settlement ?? asset).toLowerCase();
}
