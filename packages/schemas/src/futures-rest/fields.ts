/**
 * The words that several endpoints share.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */

import * as z from 'zod/mini';
import { instructionStatuses } from '../errors/instruction-statuses.ts';
import { decimalSchema, openEnum, timestampSchema } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const sideSchema = openEnum(['buy', 'sell']);

/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const contractTypeSchema = openEnum([
  'futures_inverse',
  'futures_vanilla',
  'flexible_futures',
  'options',
  'all',
]);

export const optionalDecimal = z.optional(z.nullable(decimalSchema));
export const optionalText = z.optional(z.nullable(z.string()));
export const optionalTime = z.optional(z.nullable(timestampSchema));

/**
 * Why an order was not placed, not edited or not triggered.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */
export const orderErrorSchema = openEnum([
  'MARKET_SUSPENDED',
  'MARKET_NOT_FOUND',
  'INVALID_PRICE',
  'INVALID_QUANTITY',
  'SMALL_ORDER_LIMIT_EXCEEDED',
  'INSUFFICIENT_MARGIN',
  'WOULD_CAUSE_LIQUIDATION',
  'CLIENT_ORDER_ID_IN_USE',
  'CLIENT_ORDER_ID_TOO_LONG',
  'MAX_POSITION_EXCEEDED',
  'PRICE_COLLAR',
  'PRICE_DISLOCATION',
  'EDIT_HAS_NO_EFFECT',
  'ORDER_FOR_CANCELLATION_NOT_FOUND',
  'ORDER_FOR_EDIT_NOT_FOUND',
  'ORDER_CANNOT_HAVE_TRIGGER_PRICE',
  'POST_WOULD_EXECUTE',
  'IOC_WOULD_NOT_EXECUTE',
  'WOULD_EXECUTE_SELF',
  'WOULD_NOT_REDUCE_POSITION',
  'REJECTED_AFTER_EXECUTION',
  'MARKET_IS_POST_ONLY',
  'ORDER_LIMIT_EXCEEDED',
  'FIXED_LEVERAGE_TOO_HIGH',
  'CANNOT_EDIT_TRIGGER_PRICE_OF_TRAILING_STOP',
  'CANNOT_EDIT_LIMIT_PRICE_OF_TRAILING_STOP',
  'TRAILING_STOP_ORDER_LIMIT_EXCEEDED',
  'TRAILING_STOP_PERCENT_DEVIATION_EXCEEDS_MAX_DECIMAL_PLACES',
  'TRAILING_STOP_QUOTE_DEVIATION_NOT_MULTIPLE_OF_TICK_SIZE',
  'TRAILING_STOP_MAX_DEVIATION_TOO_LARGE',
  'TRAILING_STOP_MAX_DEVIATION_TOO_SMALL',
  'INSUFFICIENT_HEADROOM_AROUND_CURRENT_PRICE_TO_EDIT_TRAILING_STOP',
  'NO_REFERENCE_PRICE_AVAILABLE_FOR_CALCULATING_TRAILING_STOP_TRIGGER_PRICE',
  'INSUFFICIENT_CLOSING_MARGIN',
  'LIMIT_PRICE_SET_AS_ABSOLUTE_AND_RELATIVE',
  'LIMIT_PRICE_OFFSET_VALUE_INVALID',
  'LIMIT_PRICE_OFFSET_UNIT_INVALID',
  'LIMIT_PRICE_OFFSET_MUST_HAVE_VALUE_AND_UNIT',
  'LIMIT_PRICE_OFFSET_QUOTE_CURRENCY_VALUE_MUST_BE_MULTIPLE_OF_TICK_SIZE',
  'LIMIT_PRICE_OFFSET_PERCENT_VALUE_TOO_MANY_DECIMAL_PLACES',
  'LIMIT_PRICE_OFFSET_TOO_HIGH',
  'LIMIT_PRICE_OFFSET_TOO_LOW',
]);

/**
 * What an instruction came to: the words of `sendStatus`, `editStatus` and `batchStatus`.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */
export const instructionStatusSchema = openEnum(instructionStatuses);
