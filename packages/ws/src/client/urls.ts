import type { Access } from '../protocol/protocol.ts';
import type { ClientUrls } from './client.ts';

/** Kraken's hosts of Spot v2: https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const spotUrls: ClientUrls = {
  public: 'wss://ws.kraken.com/v2',
  private: 'wss://ws-auth.kraken.com/v2',
  level3: 'wss://ws-l3.kraken.com/v2',
};

/** The same engine with features that are not released yet. Its Level 3 is documented on the private host. */
export const spotBetaUrls: ClientUrls = {
  public: 'wss://beta-ws.kraken.com/v2',
  private: 'wss://beta-ws-auth.kraken.com/v2',
};

export function urlOf(urls: string | ClientUrls, access: Access): string {
  if (typeof urls === 'string') return urls;
  const { public: open, private: own = open, level3 = own } = urls;
  return { public: open, private: own, level3 }[access];
}
