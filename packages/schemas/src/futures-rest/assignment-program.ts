/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { optionalDecimal, optionalText } from './fields.ts';

/** Seen in both spellings. */
const timeFrameSchema = openEnum(['ALL', 'WEEKDAYS', 'WEEKEND', 'all', 'weekdays', 'weekends']);

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const assignmentParticipantSchema = openObject({
  contractType: z.string(),
  contract: optionalText,
  maxSize: optionalDecimal,
  maxPosition: optionalDecimal,
  acceptLong: z.boolean(),
  acceptShort: z.boolean(),
  timeFrame: timeFrameSchema,
  enabled: z.boolean(),
});
export type AssignmentParticipant = z.output<typeof assignmentParticipantSchema>;

const detailsFields = { id: integerSchema, participant: assignmentParticipantSchema };

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const currentAssignmentProgramParamsSchema = openObject({});
export type CurrentAssignmentProgramParams = z.output<typeof currentAssignmentProgramParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const currentAssignmentProgramResultSchema = openObject({
  ...successFields,
  participants: z.array(openObject(detailsFields)),
});
export type CurrentAssignmentProgramResult = z.output<typeof currentAssignmentProgramResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const addAssignmentProgramParamsSchema = openObject({
  contractType: z.string(),
  contract: z.optional(z.string()),
  maxSize: z.optional(decimalStringSchema),
  maxPosition: z.optional(decimalStringSchema),
  acceptLong: z.boolean(),
  acceptShort: z.boolean(),
  timeFrame: timeFrameSchema,
  enabled: z.boolean(),
});
export type AddAssignmentProgramParams = z.output<typeof addAssignmentProgramParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const addAssignmentProgramResultSchema = openObject({ ...successFields, ...detailsFields });
export type AddAssignmentProgramResult = z.output<typeof addAssignmentProgramResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const deleteAssignmentProgramParamsSchema = openObject({ id: integerSchema });
export type DeleteAssignmentProgramParams = z.output<typeof deleteAssignmentProgramParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const deleteAssignmentProgramResultSchema = openObject({
  ...successFields,
  ...detailsFields,
});
export type DeleteAssignmentProgramResult = z.output<typeof deleteAssignmentProgramResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const assignmentProgramHistoryParamsSchema = openObject({});
export type AssignmentProgramHistoryParams = z.output<typeof assignmentProgramHistoryParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/assignment-program */
export const assignmentProgramHistoryResultSchema = openObject({
  ...successFields,
  participants: z.array(
    openObject({
      deleted: z.boolean(),
      participant: assignmentParticipantSchema,
      timestamp: z.optional(z.string()),
    }),
  ),
});
export type AssignmentProgramHistoryResult = z.output<typeof assignmentProgramHistoryResultSchema>;
