import { describe, expect, it } from 'vitest';
import { assetPairs } from '../../test/fixed-exchange.ts';
import { createListing } from './listing.ts';

const listing = createListing(assetPairs as Parameters<typeof createListing>[0]);

describe('a pair', () => {
  it.each(['BTC/USD', 'XBT/USD', 'XXBTZUSD', 'XBTUSD', 'btcusd', 'btc-usd', 'xbt_usd', 'btc usd'])(
    'is known as %s',
    (name) => expect(listing.pair(name).symbol).toBe('BTC/USD'),
  );

  it.each(['doge/usd', 'XDGUSD', 'XDG/USD', 'dogeusd'])('of Dogecoin as %s', (name) =>
    expect(listing.pair(name)).toMatchObject({ symbol: 'DOGE/USD', restId: 'XDGUSD' }),
  );

  it.each([
    ['BTC/USF', 'Did you mean BTC/USD?'],
    ['ethbct', 'Did you mean ETH/BTC?'],
    ['nothinglikeit', 'kr pairs lists them.'],
  ])('mistyped as %s is told with what was meant', (name, hint) => {
    expect(() => listing.pair(name)).toThrow(
      expect.objectContaining({
        category: 'validation',
        details: expect.objectContaining({
          code: 'UNKNOWN_PAIR',
          hint: expect.stringContaining(hint),
        }),
      }),
    );
  });
});
