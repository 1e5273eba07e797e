import type { SymbolFeed } from '../market-data/symbol-feed.ts';
import type { FuturesContract } from './contracts.ts';
import type { FuturesDesk } from './desk.ts';
import { numberText } from './number-text.ts';
import { PICO } from './prices.ts';

/** The numbers of one contract's ticker, as text; what the protocols print of it. */
export interface TickerState {
  readonly contract: FuturesContract;
  readonly bid: string | undefined;
  readonly bidSize: string;
  readonly ask: string | undefined;
  readonly askSize: string;
  readonly last: string | undefined;
  readonly open: string | undefined;
  readonly high: string | undefined;
  readonly low: string | undefined;
  readonly volume: string;
  readonly volumeQuote: string;
  /** Per cent of a day. */
  readonly change: string;
  readonly mark: string;
  readonly index: string;
  /** Per cent. */
  readonly premium: string;
  readonly openInterest: string;
  /** Of perpetuals. Absolute ones in the settlement currency for one of the contract. */
  readonly funding:
    | {
        readonly rate: string;
        readonly prediction: string;
        readonly relative: string;
        readonly relativePrediction: string;
        readonly nextMs: number;
      }
    | undefined;
  readonly isSuspended: boolean;
  readonly isPostOnly: boolean;
  readonly leverage: string;
  /** Days to maturity. */
  readonly daysLeft: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const CHANGE_DECIMALS = 12;
/** Decimals of the mark price and of the index, beyond the tick's. */
export const MARK_DECIMALS = 2;

export function tickerState(desk: FuturesDesk, feed: SymbolFeed, nowNs: bigint): TickerState {
  const { market } = feed;
  const contract = desk.contractOf(market);
  const { pricePrecision, quantityPrecision } = contract;
  const price = (ticks: number): string => numberText(ticks, pricePrecision);
  const size = (lots: bigint): string => numberText(lots, quantityPrecision);
  const bid = market.book.bids.best;
  const ask = market.book.asks.best;
  const day = feed.day.read(nowNs);
  const { prices } = desk.clearing;
  const nowMs = Number(nowNs / 1_000_000n);
  const change =
    day === undefined
      ? 0n
      : (BigInt(day.last - day.open) * 10n ** BigInt(CHANGE_DECIMALS + 2)) / BigInt(day.open);
  return {
    contract,
    bid: bid && price(bid.ticks),
    bidSize: size(bid?.lots ?? 0n),
    ask: ask && price(ask.ticks),
    askSize: size(ask?.lots ?? 0n),
    last: day && price(day.last),
    open: day && price(day.open),
    high: day && price(day.high),
    low: day && price(day.low),
    volume: size(day?.lots ?? 0n),
    volumeQuote: day === undefined ? '0.0' : volumeQuote(contract, day.lots, day.vwap),
    change: numberText(change, CHANGE_DECIMALS),
    mark: microText(prices.mark(contract), pricePrecision + MARK_DECIMALS),
    index: microText(prices.index(contract), MARK_DECIMALS),
    premium: numberText(prices.premium(contract) / (PICO / 1_000n), 1),
    openInterest: size(openInterest(desk, contract)),
    funding: contract.maturityMs === undefined ? fundingOf(desk, contract, nowMs) : undefined,
    isSuspended: market.state === 'maintenance',
    isPostOnly: market.state === 'post_only',
    leverage: `${1_000_000n / (contract.marginLevels[0]?.initial ?? 1_000_000n)}x`,
    daysLeft:
      contract.maturityMs === undefined
        ? 0
        : Math.max(0, Math.floor((contract.maturityMs - nowMs) / DAY_MS)),
  };
}

/** A price in millionths of a USD, rounded to so many decimals. */
export function microText(micro: bigint, decimals: number): string {
  const kept = Math.min(6, decimals);
  const unit = 10n ** BigInt(6 - kept);
  return numberText((micro + unit / 2n) / unit, kept);
}

/** What the market's agents hold among each other, and what accounts hold. */
function openInterest(desk: FuturesDesk, contract: FuturesContract): bigint {
  let lots = contract.standingLots;
  const market = desk.marketOf(contract.symbol);
  if (market === undefined) return lots;
  for (const account of desk.clearing.holders) {
    const held = desk.clearing.lotsOf(account, market);
    if (held > 0n) lots += held;
  }
  return lots;
}

/** In USD: of an inverse contract that is its size, of a linear one size by average price. */
function volumeQuote(contract: FuturesContract, lots: bigint, vwap: number): string {
  const { kind, pricePrecision, quantityPrecision } = contract;
  return kind === 'inverse'
    ? numberText(lots, quantityPrecision)
    : numberText(lots * BigInt(vwap), pricePrecision + quantityPrecision);
}

function fundingOf(
  desk: FuturesDesk,
  contract: FuturesContract,
  nowMs: number,
): TickerState['funding'] {
  const { funding, prices } = desk.clearing;
  const rate = funding.rate(contract);
  const prediction = funding.prediction(contract);
  const index = prices.index(contract);
  return {
    rate: absoluteRate(contract, rate, index),
    prediction: absoluteRate(contract, prediction, index),
    relative: relativeRate(rate),
    relativePrediction: relativeRate(prediction),
    nextMs: (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS,
  };
}

/** An hour's funding of one of a contract, in its settlement currency; the smallest have exponents. */
export function absoluteRate(contract: FuturesContract, rate: bigint, index: bigint): string {
  const usd = Number(index) / 1e6;
  const relative = Number(rate) / Number(PICO);
  return jsNumber(contract.kind === 'linear' ? relative * usd : relative / usd);
}

export function relativeRate(rate: bigint): string {
  return jsNumber(Number(rate) / Number(PICO));
}

function jsNumber(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
