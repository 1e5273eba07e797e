import type { ChallengeSigner, TokenProvider } from '@kr/schemas/shared';
import type { ClientOptions, ClientUrls } from '../client/client.ts';
import {
  createFuturesV1Client,
  type FuturesV1Client,
  futuresV1Urls,
} from '../futures-v1/create-client.ts';
import { createUnifiedClient, type UnifiedClient, unifiedUrls } from '../unified/create-client.ts';

/** Which of the exchange's sockets for derivatives: futures v1 ends on 1 March 2027. */
export type DerivativesProtocol = 'futures-v1' | 'unified';

/** Kraken's hosts of both. */
export const derivativesUrls: Readonly<Record<DerivativesProtocol, ClientUrls>> = {
  'futures-v1': futuresV1Urls,
  unified: unifiedUrls,
};

export interface DerivativesClientOptions<Name extends DerivativesProtocol = DerivativesProtocol>
  extends Omit<ClientOptions, 'url' | 'format' | 'tokens' | 'challenge'> {
  /** The one word that a move changes. */
  readonly protocol: Name;
  /** Of either socket. @default Kraken's: `derivativesUrls` */
  readonly urls?: Readonly<Partial<Record<DerivativesProtocol, string | ClientUrls>>> | undefined;
  /** For what is one's own on Unified: tokens of Spot REST, by a key of Spot. */
  readonly tokens?: TokenProvider | undefined;
  /** For what is one's own on futures v1: by a key of futures. */
  readonly challenge?: ChallengeSigner | undefined;
}

interface ClientOf {
  readonly 'futures-v1': FuturesV1Client;
  readonly unified: UnifiedClient;
}

/** A client of either socket. `protocol` narrows it to all that its own socket has. */
export type DerivativesClient<Name extends DerivativesProtocol = DerivativesProtocol> =
  ClientOf[Name];

/**
 * A client of the derivatives' sockets that opens nothing yet. What `trades`, `tickers`, `books`, `orders`
 * and `positions` make of it is the same of both.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createDerivativesClient<Name extends DerivativesProtocol>(
  options: DerivativesClientOptions<Name>,
): DerivativesClient<Name> {
  const { protocol, urls = {}, tokens, challenge, ...rest } = options;
  const url = urls[protocol] ?? derivativesUrls[protocol];
  const client: DerivativesClient =
    protocol === 'unified'
      ? createUnifiedClient({ ...rest, url, tokens })
      : createFuturesV1Client({ ...rest, url, challenge });
  return client as DerivativesClient<Name>;
}
