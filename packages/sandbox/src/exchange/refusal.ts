/** Why the exchange did not do what it was asked, in its own words (docs.kraken.com, "Errors"). */
export class Refusal {
  readonly error: string;

  constructor(error: string) {
    this.error = error;
  }
}

export const REFUSALS = {
  unknownPair: 'EQuery:Unknown asset pair',
  unknownOrder: 'EOrder:Unknown order',
  invalidOrder: 'EOrder:Invalid order',
  invalidPrice: 'EOrder:Invalid price',
  tickSize: 'EOrder:Tick size check failed',
  orderMinimum: 'EOrder:Order minimum not met',
  costMinimum: 'EOrder:Cost minimum not met',
  funds: 'EOrder:Insufficient funds',
  postOnly: 'EOrder:Post only order',
  ordersLimit: 'EOrder:Orders limit exceeded',
  /** Where there is no margin. */
  margin: 'EOrder:Cannot open position',
  marginLevel: 'EOrder:Margin level too low',
  positionSize: 'EOrder:Margin position size exceeded',
  noPosition: 'EOrder:Reduce only:No position exists',
  /** Not closing a position. */
  notReducing: 'EOrder:Reduce only:Non-PC',
  unknownPosition: 'EOrder:Unknown position',
  noIndex: 'EGeneral:Invalid arguments:Index unavailable',
  unavailable: 'EService:Unavailable',
  invalid: (field: string): string => `EGeneral:Invalid arguments:${field}`,
  mode: (state: string): string => `EService:Market in ${state} mode`,
} as const;

/** Why an order ended, as `reason` says. (seen) `User requested`; the others follow its form. */
export const REASONS = {
  user: 'User requested',
  ioc: 'IOC order not filled',
  fok: 'FOK order not filled',
  liquidity: 'Insufficient liquidity',
  funds: 'Insufficient funds',
  selfTrade: 'Self trade prevention',
  postOnly: 'Post only order',
  expired: 'Order expired',
  timeout: 'Cancel all orders after timeout',
  replaced: 'Order replaced',
  reduceOnly: 'Reduce only: no position left to reduce',
  marginLevel: 'Margin level too low',
  noPosition: 'No position left to settle',
  amended: 'Amended below the executed quantity',
} as const;
