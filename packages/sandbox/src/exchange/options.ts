import type { ContractClearing } from './clearing.ts';
import type { Batch } from './events.ts';
import type { FeeTier } from './fees.ts';
import type { Ids } from './ids.ts';
import type { ExchangeAsset, ExchangeInstrument } from './instrument.ts';

export interface ExchangeOptions {
  readonly instruments: readonly ExchangeInstrument[];
  readonly assets: readonly ExchangeAsset[];
  /** Is given what each operation did, once it is over. */
  readonly publish: (batch: Batch) => void;
  /** Makes the ids of orders, trades and ledger entries; other salts make other ids. */
  readonly salt?: number | undefined;
  /** Makes them in another form. */
  readonly ids?: Ids | undefined;
  /** Decimals of what is accounted beside assets: wallets. */
  readonly wallets?: ReadonlyMap<string, number> | undefined;
  /** Of markets in contracts; default: all are Spot's. */
  readonly clearing?: ContractClearing | undefined;
  /** @defaultValue {@link KRAKEN_FEES} */
  readonly fees?: readonly FeeTier[] | undefined;
  /** Of one account in one market; default 225, a Pro account's. */
  readonly maxOpenOrders?: number | undefined;
  /** Orders that are over, trades and ledger entries that an account keeps, each; default 100,000. */
  readonly history?: number | undefined;
  /** The trade id before a market's first trade; default 0. */
  readonly firstTradeId?: ((symbol: string) => number) | undefined;
}
