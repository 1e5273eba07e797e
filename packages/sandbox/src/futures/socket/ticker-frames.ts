import type { SymbolFeed } from '../../market-data/symbol-feed.ts';
import type { WireFrame } from '../../protocol/wire-frame.ts';
import type { FuturesDesk } from '../desk.ts';
import { type TickerState, tickerState } from '../ticker.ts';
import { feedFrame, milliseconds, quote, row } from './feed-frame.ts';

/** Keys in the order of the captures; what was not captured stands at the end. */
export function tickerFrame(desk: FuturesDesk, feed: SymbolFeed, atNs: bigint): WireFrame {
  const state = tickerState(desk, feed, atNs);
  const { contract, funding } = state;
  const text = row({
    time: String(milliseconds(atNs)),
    product_id: quote(contract.symbol),
    funding_rate: unlessZero(funding?.rate),
    funding_rate_prediction: unlessZero(funding?.prediction),
    relative_funding_rate: unlessZero(funding?.relative),
    relative_funding_rate_prediction: unlessZero(funding?.relativePrediction),
    next_funding_rate_time: funding && String(funding.nextMs),
    feed: '"ticker"',
    bid: state.bid ?? '0.0',
    ask: state.ask ?? '0.0',
    bid_size: state.bidSize,
    ask_size: state.askSize,
    volume: state.volume,
    dtm: String(state.daysLeft),
    leverage: quote(state.leverage),
    index: state.index,
    premium: state.premium,
    last: state.last ?? '0.0',
    change: state.change,
    suspended: String(state.isSuspended),
    tag: quote(contract.tag),
    pair: quote(contract.pair),
    openInterest: state.openInterest,
    markPrice: state.mark,
    maturityTime: String(contract.maturityMs ?? 0),
    post_only: String(state.isPostOnly),
    volumeQuote: state.volumeQuote,
    open: state.open,
    high: state.high,
    low: state.low,
  });
  return feedFrame(text, 'ticker', 'update', [contract.symbol]);
}

export function tickerLiteFrame(desk: FuturesDesk, feed: SymbolFeed, atNs: bigint): WireFrame {
  const state: TickerState = tickerState(desk, feed, atNs);
  const { contract } = state;
  const text = row({
    feed: '"ticker_lite"',
    product_id: quote(contract.symbol),
    bid: state.bid ?? '0.0',
    ask: state.ask ?? '0.0',
    change: state.change,
    premium: state.premium,
    volume: state.volume,
    tag: quote(contract.tag),
    pair: quote(contract.pair),
    dtm: String(state.daysLeft),
    maturityTime: String(contract.maturityMs ?? 0),
    volumeQuote: state.volumeQuote,
  });
  return feedFrame(text, 'ticker_lite', 'update', [contract.symbol]);
}

/** Seen: fields of funding are left out while they are zero. */
function unlessZero(text: string | undefined): string | undefined {
  return text === undefined || Number(text) === 0 ? undefined : text;
}
