import type { Market } from '../exchange/index.ts';
import type { FuturesContract } from './contracts.ts';

/** Prices here are in millionths of a USD: finer than any tick. */
const MICRO = 1_000_000n;
/** Relative numbers, of the premium and of funding, are in 1e-12. */
export const PICO = 1_000_000_000_000n;
/** How slowly the mark price, the index and the premium follow the middle of the book. */
const MARK_NS = 30_000_000_000n;
const INDEX_NS = 300_000_000_000n;
const PREMIUM_NS = 1_800_000_000_000n;

/** What a market's own book says over a while. */
interface Averages {
  atNs: bigint;
  mark: bigint;
  slow: bigint;
  premium: bigint;
}

/**
 * Mark and index prices. The exchange's index is an average over spot markets elsewhere; here it is
 * the slow average of the linear perpetual of the same pair, so that all contracts of a pair share
 * it. The mark price is a fast average of a market's own middle. Whole numbers: the same seed gives
 * the same prices everywhere.
 */
export class FuturesPrices {
  readonly #contracts: ReadonlyMap<string, FuturesContract>;
  /** By symbol. */
  readonly #averages = new Map<string, Averages>();
  /** By pair: the symbol whose book makes the index. */
  readonly #leaders = new Map<string, string>();

  constructor(contracts: readonly FuturesContract[]) {
    this.#contracts = new Map(contracts.map((contract) => [contract.symbol, contract]));
    for (const { kind, tag, pair, symbol } of contracts) {
      if (kind === 'linear' && tag === 'perpetual') this.#leaders.set(pair, symbol);
    }
  }

  /** The market that has to move for the index of a contract. */
  leaderOf({ pair }: FuturesContract): string | undefined {
    return this.#leaders.get(pair);
  }

  /** Takes note of a market's book as it is now. */
  follow(market: Market, atNs: bigint): void {
    const { symbol } = market.instrument;
    const contract = this.#contracts.get(symbol);
    const bid = market.book.bids.best?.ticks;
    const ask = market.book.asks.best?.ticks;
    if (contract === undefined || bid === undefined || ask === undefined) return;
    const middle = (BigInt(bid + ask) * MICRO) / (2n * 10n ** BigInt(contract.pricePrecision));
    const known = this.#averages.get(symbol);
    if (known === undefined) {
      this.#averages.set(symbol, { atNs, mark: middle, slow: middle, premium: 0n });
      return;
    }
    if (atNs <= known.atNs) return;
    const elapsedNs = atNs - known.atNs;
    known.atNs = atNs;
    known.mark = towards(known.mark, middle, elapsedNs, MARK_NS);
    known.slow = towards(known.slow, middle, elapsedNs, INDEX_NS);
    const index = this.index(contract);
    const premium = ((known.mark - index) * PICO) / index;
    known.premium = towards(known.premium, premium, elapsedNs, PREMIUM_NS);
  }

  /** In millionths of a USD. */
  index(contract: FuturesContract): bigint {
    const leader = this.#leaders.get(contract.pair) ?? contract.symbol;
    return (
      (this.#averages.get(leader) ?? this.#averages.get(contract.symbol))?.slow ?? opening(contract)
    );
  }

  /** In millionths of a USD. */
  mark(contract: FuturesContract): bigint {
    return this.#averages.get(contract.symbol)?.mark ?? opening(contract);
  }

  /** How far the mark price is above the index at the moment, in 1e-12 of it. */
  premium(contract: FuturesContract): bigint {
    const index = this.index(contract);
    return ((this.mark(contract) - index) * PICO) / index;
  }

  /** The same, averaged over about half an hour: what funding is made of. */
  averagePremium(contract: FuturesContract): bigint {
    return this.#averages.get(contract.symbol)?.premium ?? 0n;
  }

  /** A price in ticks of a contract, to the nearest. */
  ticksOf({ pricePrecision }: FuturesContract, micro: bigint): number {
    const ticks = (micro * 10n ** BigInt(pricePrecision) + MICRO / 2n) / MICRO;
    return Number(ticks > 0n ? ticks : 1n);
  }
}

function opening({ startTicks, pricePrecision }: FuturesContract): bigint {
  return (BigInt(startTicks) * MICRO) / 10n ** BigInt(pricePrecision);
}

/** An average that forgets: after `memoryNs` about half of the way to the value. */
function towards(average: bigint, value: bigint, elapsedNs: bigint, memoryNs: bigint): bigint {
  return average + ((value - average) * elapsedNs) / (elapsedNs + memoryNs);
}
