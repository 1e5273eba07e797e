/** https://docs.kraken.com/api/docs/futures-api/trading/instruments-status and instrument-status */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { contractTypeSchema } from './fields.ts';

const statusFields = {
  /** The symbol. */
  tradeable: z.string(),
  experiencingDislocation: z.boolean(),
  priceDislocationDirection: z.nullable(openEnum(['ABOVE_UPPER_BOUND', 'BELOW_LOWER_BOUND'])),
  experiencingExtremeVolatility: z.boolean(),
  extremeVolatilityInitialMarginMultiplier: decimalSchema,
};

/** https://docs.kraken.com/api/docs/futures-api/trading/instruments-status */
export const instrumentsStatusParamsSchema = openObject({
  contractType: z.optional(z.array(contractTypeSchema)),
});
export type InstrumentsStatusParams = z.output<typeof instrumentsStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/instruments-status */
export const instrumentsStatusResultSchema = openObject({
  ...successFields,
  instrumentStatus: z.array(openObject(statusFields)),
});
export type InstrumentsStatusResult = z.output<typeof instrumentsStatusResultSchema>;

/**
 * Of the path.
 * https://docs.kraken.com/api/docs/futures-api/trading/instruments-status
 */
export const instrumentStatusParamsSchema = openObject({ symbol: z.string() });
export type InstrumentStatusParams = z.output<typeof instrumentStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/instruments-status */
export const instrumentStatusResultSchema = openObject({ ...successFields, ...statusFields });
export type InstrumentStatusResult = z.output<typeof instrumentStatusResultSchema>;
