import type { Account } from '../exchange/index.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { NonceState } from './key-ring.ts';
import type { WireParams } from './request-params.ts';
import type { SpotNames } from './spot-names.ts';
import { SpotRefusal } from './spot-refusal.ts';

/** What a private endpoint works with. */
export interface PaperContext {
  readonly desk: PaperDesk;
  readonly names: SpotNames;
  readonly account: Account;
  readonly params: WireParams;
  readonly nonces: NonceState;
}

export interface PaperRoute {
  /** One of them is enough; none: any key may. */
  readonly permissions: readonly string[];
  /** Counted by the trading engine, and not by the counter of calls. */
  readonly isTrading?: boolean;
  readonly answer: (context: PaperContext) => unknown;
}

export const UNKNOWN_PAIR: SpotRefusal = new SpotRefusal('EQuery:Unknown asset pair');

export function route(
  name: string,
  permissions: readonly string[],
  answer: PaperRoute['answer'],
): [string, PaperRoute] {
  return [name, { permissions, answer }];
}

export function trading(
  name: string,
  permissions: readonly string[],
  answer: PaperRoute['answer'],
): [string, PaperRoute] {
  return [name, { permissions, answer, isTrading: true }];
}
