import type * as z from 'zod/mini';
import type { JsonObject } from '../json/json-value.ts';
import { type BatchAddFailedAck, batchAddFailedAckSchema } from './batch-add.ts';
import { type FailedAck, failedAckSchema } from './envelope.ts';

/** Whether an answer to a method is a refusal: a verdict that is not `true`, or a reason without a verdict. */
export function isRefusal({ success, error }: JsonObject): boolean {
  if (success === true) return false;
  return success !== undefined || typeof error === 'string';
}

/** A refused batch may say in its rows what it refused them for, and nothing above them. */
export function refusalSchemaOf({
  method,
  result,
}: JsonObject): z.ZodMiniType<BatchAddFailedAck | FailedAck> {
  return method === 'batch_add' && result !== undefined ? batchAddFailedAckSchema : failedAckSchema;
}
