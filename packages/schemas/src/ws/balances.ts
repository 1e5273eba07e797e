/** https://docs.kraken.com/api/docs/websocket-v2/balances */
import * as z from 'zod/mini';
import {
  decimalSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';

const walletTypeSchema = openEnum(['spot', 'earn']);
const walletIdSchema = openEnum([
  'main',
  'flex',
  'bonded',
  'flexible',
  'liquid',
  'locked',
  'closed',
]);

/** https://docs.kraken.com/api/docs/websocket-v2/balances */
export const walletSchema = openObject({
  type: walletTypeSchema,
  id: walletIdSchema,
  balance: decimalSchema,
});
export type Wallet = z.output<typeof walletSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/balances */
export const assetBalanceSchema = openObject({
  asset: z.string(),
  asset_class: z.optional(openEnum(['currency', 'tokenized_asset'])),
  balance: decimalSchema,
  wallets: z.array(walletSchema),
});
export type AssetBalance = z.output<typeof assetBalanceSchema>;

/**
 * One change of one balance. A trade makes two, of the same `ref_id`.
 * https://docs.kraken.com/api/docs/websocket-v2/balances
 */
export const ledgerTransactionSchema = openObject({
  ledger_id: z.string(),
  ref_id: z.string(),
  timestamp: timestampSchema,
  type: openEnum([
    'deposit',
    'withdrawal',
    'trade',
    'margin',
    'adjustment',
    'rollover',
    'credit',
    'transfer',
    'settled',
    'staking',
    'sale',
    'reserve',
    'conversion',
    'dividend',
    'reward',
    'creator_fee',
  ]),
  subtype: z.optional(
    openEnum([
      'spotfromfutures',
      'spottofutures',
      'stakingfromspot',
      'spotfromstaking',
      'stakingtospot',
      'spottostaking',
    ]),
  ),
  category: openEnum([
    'deposit',
    'withdrawal',
    'trade',
    'margin-trade',
    'margin-settle',
    'margin-conversion',
    'conversion',
    'credit',
    'marginrollover',
    'staking-rewards',
    'instant',
    'equity-trade',
    'airdrop',
    'equity-dividend',
    'reward-bonus',
    'nft',
    'block-trade',
  ]),
  asset: z.string(),
  asset_class: z.optional(openEnum(['currency', 'tokenized_asset'])),
  wallet_type: walletTypeSchema,
  wallet_id: walletIdSchema,
  /** Signed. */
  amount: decimalSchema,
  fee: decimalSchema,
  /** After it. */
  balance: decimalSchema,
  user: z.optional(z.string()),
});
export type LedgerTransaction = z.output<typeof ledgerTransactionSchema>;

/**
 * `sequence` starts at 1 and counts up by one a message.
 * https://docs.kraken.com/api/docs/websocket-v2/balances
 */
export const balancesFrameSchema = z.discriminatedUnion('type', [
  openObject({
    channel: z.literal('balances'),
    type: z.literal('snapshot'),
    data: z.array(assetBalanceSchema),
    sequence: integerSchema,
  }),
  openObject({
    channel: z.literal('balances'),
    type: z.literal('update'),
    data: z.array(ledgerTransactionSchema),
    sequence: integerSchema,
  }),
]);
export type BalancesFrame = z.output<typeof balancesFrameSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/balances */
export const balancesSubscribeParamsSchema = openObject({
  channel: z.literal('balances'),
  token: z.string(),
  snapshot: z.optional(z.boolean()),
  rebased: z.optional(z.boolean()),
  users: z.optional(openEnum(['all'])),
});
export type BalancesSubscribeParams = z.output<typeof balancesSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/balances */
export const balancesUnsubscribeParamsSchema = openObject({
  channel: z.literal('balances'),
  token: z.string(),
});
export type BalancesUnsubscribeParams = z.output<typeof balancesUnsubscribeParamsSchema>;
