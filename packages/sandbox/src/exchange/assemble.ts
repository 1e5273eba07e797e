import { Books } from './books.ts';
import { Cancels } from './cancels.ts';
import { DueQueue } from './due.ts';
import { Entrance } from './entrance.ts';
import { IdSource, type Ids } from './ids.ts';
import { accountingScales } from './instrument.ts';
import { Journal } from './journal.ts';
import { MarginClearing } from './margin/margin-clearing.ts';
import { MarginWatch } from './margin/margin-watch.ts';
import { Valuation } from './margin/valuation.ts';
import { Market } from './market.ts';
import { Matching } from './matching.ts';
import type { ExchangeOptions } from './options.ts';
import { ratesFrom } from './rates.ts';
import { Settlement } from './settlement.ts';
import { Triggers } from './triggers.ts';

/** What an exchange is made of. */
export interface Parts {
  readonly markets: ReadonlyMap<string, Market>;
  readonly scales: ReadonlyMap<string, number>;
  readonly ids: Ids;
  readonly journal: Journal;
  readonly books: Books;
  readonly due: DueQueue;
  readonly margin: MarginClearing;
  readonly matching: Matching;
  readonly triggers: Triggers;
  readonly cancels: Cancels;
  readonly entrance: Entrance;
  readonly watch: MarginWatch;
}

export function assemble(options: ExchangeOptions): Parts {
  const { instruments, assets, publish, salt = 1, firstTradeId, clearing } = options;
  const ids = options.ids ?? new IdSource(salt);
  const journal = new Journal(publish);
  const books = new Books(ids, journal);
  const due = new DueQueue();
  const scales = new Map([...accountingScales(assets, instruments), ...(options.wallets ?? [])]);
  const markets = new Map<string, Market>();
  const valuation = new Valuation(markets, scales, assets);
  const margin = new MarginClearing({ valuation, books, due, assets });
  for (const [index, instrument] of instruments.entries()) {
    const { symbol } = instrument;
    const tradeId = firstTradeId?.(symbol) ?? 0;
    markets.set(symbol, new Market(instrument, scales, tradeId, index, { clearing, margin }));
  }
  const matching = new Matching(journal, new Settlement(ids, books));
  const maxOpenOrders = options.maxOpenOrders ?? 225;
  const ratesOf = ratesFrom(options.fees);
  const entrance = new Entrance({
    ...{ markets, ids, journal, matching, due, margin, maxOpenOrders, ratesOf },
  });
  return {
    ...{ markets, scales, ids, journal, books, due, margin, matching, entrance },
    triggers: new Triggers(journal, matching),
    cancels: new Cancels(markets, matching, due),
    watch: new MarginWatch(margin, matching, entrance),
  };
}
