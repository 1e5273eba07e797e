/** https://docs.kraken.com/api/docs/futures-api/trading/send-batch-order */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { editFields } from './edit-order.ts';
import { successFields } from './envelope.ts';
import { instructionStatusSchema, optionalText } from './fields.ts';
import { orderEventsSchema } from './order-events.ts';
import { newOrderFields } from './send-order.ts';

const idFields = { order_id: z.optional(z.string()), cliOrdId: z.optional(z.string()) };

export const batchSendSchema = openObject({
  order: z.literal('send'),
  /** Ours, to find its row in the answer. */
  order_tag: z.string(),
  ...newOrderFields,
});
export const batchEditSchema = openObject({ order: z.literal('edit'), ...idFields, ...editFields });
export const batchCancelSchema = openObject({ order: z.literal('cancel'), ...idFields });

export const batchInstructionSchema = z.discriminatedUnion('order', [
  batchSendSchema,
  batchEditSchema,
  batchCancelSchema,
]);
export type BatchInstruction = z.output<typeof batchInstructionSchema>;

/** `json` is sent as JSON text in a form field of that name. */
export const batchOrderParamsSchema = openObject({
  json: openObject({ batchOrder: z.array(batchInstructionSchema) }),
  ProcessBefore: z.optional(z.string()),
});
export type BatchOrderParams = z.output<typeof batchOrderParamsSchema>;

export const batchOrderResultSchema = openObject({
  ...successFields,
  batchStatus: z.array(
    openObject({
      order_tag: optionalText,
      order_id: optionalText,
      cliOrdId: optionalText,
      status: instructionStatusSchema,
      dateTimeReceived: optionalText,
      orderEvents: z.optional(orderEventsSchema),
    }),
  ),
});
export type BatchOrderResult = z.output<typeof batchOrderResultSchema>;
