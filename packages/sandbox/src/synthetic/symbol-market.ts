import { type Account, type Exchange, IdSource, type Market } from '../exchange/index.ts';
import { Agents } from './agents.ts';
import type { SyntheticInstrument } from './instruments.ts';
import { createRandom } from './random.ts';

/** How far back the steps are spread that are run before a market is looked at, so that it has a history. */
const WARM_UP_NS = 3_600_000_000_000n;
/** Steps of one market's past, and at most of all together: 1,500 markets must open quickly, too. */
const WARM_UP_STEPS = 2_000;
const ALL_WARM_UP_STEPS = 30_000;

/** One symbol of the synthetic market, moved step by step by seeded agents. */
export class SymbolMarket {
  readonly market: Market;
  readonly #agents: Agents;

  constructor(exchange: Exchange, house: Account, instrument: SyntheticInstrument, seed: string) {
    const market = exchange.markets.get(instrument.symbol);
    if (market === undefined) throw new RangeError(`no market ${instrument.symbol}`);
    this.market = market;
    // A seed of its own: the same symbol moves the same way whatever other symbols there are.
    const random = createRandom(`${seed} ${instrument.symbol}`);
    market.tradeId = 1 + random.below(90_000_000);
    const ids = new IdSource(random.below(2 ** 32));
    this.#agents = new Agents({ exchange, house, market, instrument, random, ids });
  }

  /** Gives it a past of an hour that ends now. */
  open(nowNs: bigint, markets: number): void {
    const steps = Math.min(WARM_UP_STEPS, Math.ceil(ALL_WARM_UP_STEPS / markets));
    this.#agents.seed(nowNs - WARM_UP_NS);
    for (let step = 0; step < steps; step += 1) {
      this.#agents.step(nowNs - (WARM_UP_NS * BigInt(steps - step)) / BigInt(steps));
    }
  }

  step(nowNs: bigint): void {
    this.#agents.step(nowNs);
  }
}
