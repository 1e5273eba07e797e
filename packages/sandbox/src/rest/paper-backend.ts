import { Refusal } from '../exchange/index.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { NonceState } from './key-ring.ts';
import { paperPublic } from './paper-public.ts';
import { FEATURES_OFF, paperRoutes } from './paper-routes.ts';
import type { WireParams } from './request-params.ts';
import { SpotNames } from './spot-names.ts';
import { SpotRefusal } from './spot-refusal.ts';

const UNKNOWN_METHOD = new SpotRefusal('EGeneral:Unknown method');

/** Spot's endpoints on the exchange of the sockets: what they trade is what these tell, and the other way round. */
export class PaperBackend {
  readonly #desk: PaperDesk;
  readonly #names: SpotNames;

  constructor(desk: PaperDesk) {
    this.#desk = desk;
    this.#names = new SpotNames(desk.exchange);
  }

  /** A result, or a refusal. */
  answerPublic(name: string, params: WireParams): unknown {
    const handler = paperPublic.get(name);
    if (handler === undefined) return UNKNOWN_METHOD;
    const { exchange, feeds } = this.#desk;
    const wake = (symbol: string): void => {
      this.#desk.now(symbol);
    };
    return said(
      handler({ exchange, feeds, names: this.#names, nowNs: this.#desk.now(), wake }, params),
    );
  }

  /** Checks at once; what it gives is done when it is called. */
  admit(key: string, name: string, params: WireParams, nonces: NonceState): () => unknown {
    const account = this.#desk.exchange.accounts.get(key);
    const route = paperRoutes.get(name);
    if (account === undefined) return () => new SpotRefusal('EAPI:Invalid key');
    if (route === undefined) {
      return () =>
        FEATURES_OFF.test(name) ? new SpotRefusal('EAPI:Feature disabled') : UNKNOWN_METHOD;
    }
    const limited =
      route.isTrading === true ? undefined : this.#desk.counters.chargeCall(key, name);
    if (limited !== undefined) return () => new SpotRefusal(limited);
    if (route.permissions.length > 0 && !this.#desk.may(key, ...route.permissions)) {
      return () => new SpotRefusal('EGeneral:Permission denied');
    }
    return () => {
      this.#desk.exchange.advance(this.#desk.now());
      return said(route.answer({ desk: this.#desk, names: this.#names, account, params, nonces }));
    };
  }
}

function said(result: unknown): unknown {
  return result instanceof Refusal ? new SpotRefusal(result.error) : result;
}
