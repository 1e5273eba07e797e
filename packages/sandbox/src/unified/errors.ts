/** Refusals of the Unified socket. Those marked (documented) stand in its pages, the others follow the form of Spot's. */
export const UNIFIED_ERRORS = {
  /** (pattern) `Token(s) not found` */
  classMissing: 'Asset_class(s) not found',
  /** (pattern) Until Spot joins only derivatives are there. */
  classUnsupported: (assetClass: unknown): string =>
    `Asset class not supported ${String(assetClass)}`,
  /** (pattern) `Subscription ohlc interval not supported` */
  tickType: 'Subscription ohlc tick_type not supported',
  /** (documented) */
  notValid: (name: string, channel: string): string =>
    `'params.${name}' is not valid for the ${channel} channel`,
  /** (documented) of positions and margin */
  alreadySubscribed: (channel: string): string => `Already subscribed to ${channel} channel`,
  /** (pattern) the page says that they exclude each other */
  snapshotAndMargin: "'params.snapshot' and 'params.with_margin' are mutually exclusive",
  /** (pattern) of an account that has no futures side */
  noDerivatives: 'EGeneral:Permission denied',
} as const;
