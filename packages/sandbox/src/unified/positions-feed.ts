import type { Account, Market } from '../exchange/index.ts';
import type { FuturesBatch, FuturesDesk } from '../futures/desk.ts';
import { numberText, roundedText } from '../futures/number-text.ts';
import { entryMicroTicks } from '../futures/worth.ts';
import type { Subscriber } from '../market-source.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import { WireFrame } from '../protocol/wire-frame.ts';

const ENTRY_DECIMALS = 8;

/**
 * The channel `positions`: one snapshot, then the positions that changed; a size of 0 is a closed one.
 * What `with_margin` adds has no public table: it adds nothing here.
 */
export class UnifiedPositionsFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'positions';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;
  readonly #snapshot: boolean;

  constructor(desk: FuturesDesk, account: Account, subscriber: Subscriber, snapshot: boolean) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
    this.#snapshot = snapshot;
  }

  open(): void {
    if (!this.#snapshot) return;
    const held = [...this.#desk.exchange.markets.values()].filter(
      (market) => this.#desk.clearing.lotsOf(this.account, market) !== 0n,
    );
    this.#push('snapshot', held);
  }

  publish({ log }: FuturesBatch): void {
    const changed = new Set<Market>();
    for (const { account, isPosition, asset } of log) {
      const market = this.#desk.exchange.markets.get(asset);
      if (account === this.account && isPosition && market !== undefined) changed.add(market);
    }
    if (changed.size > 0) this.#push('update', [...changed]);
  }

  #push(type: 'snapshot' | 'update', markets: readonly Market[]): void {
    const rows = markets.map((market) => this.#row(market)).join(',');
    this.subscriber.push(
      new WireFrame(
        `{"channel":"positions","type":"${type}","data":{"futures":[${rows}],"options":[]}}`,
        {
          channel: 'positions',
          type,
          symbols: markets.map(({ instrument }) => instrument.symbol),
        },
      ),
    );
  }

  #row(market: Market): string {
    const contract = this.#desk.contractOf(market);
    const { lots, basis } = this.#desk.clearing.positionOf(this.account, market);
    const entry = roundedText(
      entryMicroTicks(contract, lots, basis),
      6 + contract.pricePrecision,
      ENTRY_DECIMALS,
    );
    return `{"symbol":"${contract.symbol}","size":${numberText(lots, contract.quantityPrecision)},"entry_price":${lots === 0n ? '0' : entry}}`;
  }
}
