/**
 * Deprecated since 22 June 2026: Spot REST TradeVolume has the fees.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-fee-schedules-v-3
 */
import * as z from 'zod/mini';
import { decimalSchema, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-fee-schedules-v-3 */
export const feeSchedulesParamsSchema = openObject({});
export type FeeSchedulesParams = z.output<typeof feeSchedulesParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-fee-schedules-v-3 */
export const feeSchedulesResultSchema = openObject({
  ...successFields,
  feeSchedules: z.array(
    openObject({
      uid: z.string(),
      name: z.string(),
      tiers: z.array(
        openObject({ makerFee: decimalSchema, takerFee: decimalSchema, usdVolume: decimalSchema }),
      ),
    }),
  ),
});
export type FeeSchedulesResult = z.output<typeof feeSchedulesResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-user-fee-schedule-volumes-v-3 */
export const feeScheduleVolumesParamsSchema = openObject({});
export type FeeScheduleVolumesParams = z.output<typeof feeScheduleVolumesParamsSchema>;

/**
 * By schedule.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-fee-schedules-v-3
 */
export const feeScheduleVolumesResultSchema = openObject({
  ...successFields,
  volumesByFeeSchedule: z.record(z.string(), decimalSchema),
});
export type FeeScheduleVolumesResult = z.output<typeof feeScheduleVolumesResultSchema>;
