export interface FuturesNotice {
  readonly code: 'FUTURES_V3_ENDS';
  /** The day from which this API answers no more. */
  readonly endsOn: string;
  readonly message: string;
}

/** https://docs.kraken.com/api/docs/guides/futures-rest */
export const FUTURES_V3_NOTICE: FuturesNotice = {
  code: 'FUTURES_V3_ENDS',
  endsOn: '2027-03-01',
  message:
    "Kraken switches off Futures REST v3 and the Futures WebSocket v1 on 1 March 2027. What replaces them is the Unified WebSocket (its frames: @kr/schemas/uws); a futures account's fee schedules stand in Spot's TradeVolume.",
};
