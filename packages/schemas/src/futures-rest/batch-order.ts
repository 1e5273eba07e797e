/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
import * as z from 'zod/mini';
import { decimalSchema, openObject } from '../primitives/index.ts';
import { editFieldsOf } from './edit-order.ts';
import { successFields } from './envelope.ts';
import { instructionStatusSchema, optionalText, optionalTime } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';
import { newOrderFieldsOf } from './send-order.ts';

const idFields = { order_id: z.optional(z.string()), cliOrdId: z.optional(z.string()) };

/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
export const batchSendSchema = openObject({
  order: z.literal('send'),
  /** Ours, to find its row in the answer. */
  order_tag: z.string(),
  ...newOrderFieldsOf(decimalSchema),
});
/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
export const batchEditSchema = openObject({
  order: z.literal('edit'),
  ...idFields,
  ...editFieldsOf(decimalSchema),
});
/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
export const batchCancelSchema = openObject({ order: z.literal('cancel'), ...idFields });

/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
export const batchInstructionSchema = z.discriminatedUnion('order', [
  batchSendSchema,
  batchEditSchema,
  batchCancelSchema,
]);
export type BatchInstruction = z.output<typeof batchInstructionSchema>;

/**
 * Sent as JSON text: `formatText(batchOrderJsonSchema, json)` writes its amounts as raw numbers.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order
 */
export const batchOrderJsonSchema = openObject({ batchOrder: z.array(batchInstructionSchema) });
export type BatchOrderJson = z.output<typeof batchOrderJsonSchema>;

/**
 * `json` goes as text into a form field of that name.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order
 */
export const batchOrderParamsSchema = openObject({
  json: batchOrderJsonSchema,
  ProcessBefore: z.optional(z.string()),
});
export type BatchOrderParams = z.output<typeof batchOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
export const batchOrderResultSchema = openObject({
  ...successFields,
  batchStatus: z.array(
    openObject({
      order_tag: optionalText,
      order_id: optionalText,
      cliOrdId: optionalText,
      status: instructionStatusSchema,
      dateTimeReceived: optionalTime,
      orderEvents: z.optional(orderEventsSchema),
    }),
  ),
});
export type BatchOrderResult = z.output<typeof batchOrderResultSchema>;
