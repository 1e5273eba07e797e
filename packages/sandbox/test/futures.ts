import {
  type Account,
  type Market,
  type Order,
  type OrderRequest,
  Refusal,
} from '../src/exchange/index.ts';
import { FuturesDesk } from '../src/futures/desk.ts';
import { createSandboxKey } from '../src/safety/sandbox-key.ts';
import { ManualTime } from './manual-time.ts';

const at = (text: string) => ({ kind: 'static', text }) as const;

/** A futures exchange without agents in its books: what stands in them, a test has put there. */
export class TestDesk {
  readonly time = new ManualTime();
  readonly desk: FuturesDesk;

  constructor(balances: Readonly<Record<string, Readonly<Record<string, string>>>>) {
    this.desk = new FuturesDesk({
      seed: '1',
      // The agents of a market that moves do next to nothing.
      rate: 0.0001,
      accounts: Object.entries(balances).map(([name, each]) => ({
        ...createSandboxKey(name),
        balances: each,
      })),
      clock: this.time,
      timers: this.time,
    });
  }

  account(name: string): Account {
    const account = this.desk.accountOf(createSandboxKey(name).key);
    if (account === undefined) throw new Error(`no account ${name}`);
    return account;
  }

  market(symbol = 'PF_XBTUSD'): Market {
    const market = this.desk.exchange.markets.get(symbol);
    if (market === undefined) throw new Error(`no market ${symbol}`);
    return market;
  }

  try(name: string, request: Partial<OrderRequest>): Order | Refusal {
    this.time.advance(1);
    const defaults = { symbol: 'PF_XBTUSD', side: 'buy', type: 'limit', quantity: '1' } as const;
    return this.desk.exchange.add(
      this.account(name),
      { ...defaults, ...request },
      this.time.wallNs(),
    );
  }

  /** Places an order; a refusal throws its text. */
  add(name: string, request: Partial<OrderRequest>): Order {
    const order = this.try(name, request);
    if (order instanceof Refusal) throw new Error(order.error);
    return order;
  }

  /** Both sides of a market at these prices, from an account that can afford it. */
  quote(name: string, bid: string, ask: string, symbol = 'PF_XBTUSD', quantity = '1'): void {
    this.desk.exchange.cancelAll(this.account(name), this.time.wallNs());
    this.add(name, { symbol, side: 'buy', limitPrice: at(bid), quantity });
    this.add(name, { symbol, side: 'sell', limitPrice: at(ask), quantity });
  }

  lots(name: string, symbol = 'PF_XBTUSD'): bigint {
    return this.desk.clearing.lotsOf(this.account(name), this.market(symbol));
  }
}
