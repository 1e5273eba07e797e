/**
 * Reports: asked for, waited for, fetched, removed.
 * https://docs.kraken.com/api/docs/rest-api/add-export
 */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';

const reportSchema = openEnum(['trades', 'ledgers']);
const formatSchema = openEnum(['CSV', 'TSV']);

/** https://docs.kraken.com/api/docs/rest-api/add-export */
export const addExportParamsSchema = openObject({
  report: reportSchema,
  format: z.optional(formatSchema),
  description: z.string(),
  /** Comma-separated; all when absent. */
  fields: z.optional(z.string()),
  starttm: z.optional(integerSchema),
  endtm: z.optional(integerSchema),
});
export type AddExportParams = z.output<typeof addExportParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/add-export */
export const addExportResultSchema = openObject({ id: z.string() });
export type AddExportResult = z.output<typeof addExportResultSchema>;

/** https://docs.kraken.com/api/docs/rest-api/export-status */
export const exportStatusParamsSchema = openObject({ report: reportSchema });
export type ExportStatusParams = z.output<typeof exportStatusParamsSchema>;

/**
 * Times are unix seconds as text.
 * https://docs.kraken.com/api/docs/rest-api/add-export
 */
export const exportReportSchema = openObject({
  id: z.string(),
  descr: z.string(),
  format: formatSchema,
  report: reportSchema,
  subtype: z.optional(z.string()),
  status: openEnum(['Queued', 'Processing', 'Processed']),
  /** @deprecated */
  flags: z.optional(z.string()),
  fields: z.string(),
  createdtm: z.string(),
  /** @deprecated */
  expiretm: z.optional(z.string()),
  starttm: z.optional(z.string()),
  completedtm: z.optional(z.string()),
  datastarttm: z.optional(z.string()),
  dataendtm: z.optional(z.string()),
  /** @deprecated */
  aclass: z.optional(z.string()),
  asset: z.optional(z.string()),
});
export type ExportReport = z.output<typeof exportReportSchema>;

/** https://docs.kraken.com/api/docs/rest-api/add-export */
export const exportStatusResultSchema = z.array(exportReportSchema);
export type ExportStatusResult = z.output<typeof exportStatusResultSchema>;

/** https://docs.kraken.com/api/docs/rest-api/retrieve-export */
export const retrieveExportParamsSchema = openObject({ id: z.string() });
export type RetrieveExportParams = z.output<typeof retrieveExportParamsSchema>;

/**
 * The bytes of a zip archive: the one answer that is no JSON (unless it is an error).
 * https://docs.kraken.com/api/docs/rest-api/add-export
 */
export const retrieveExportResultSchema = z.instanceof(Uint8Array);
export type RetrieveExportResult = z.output<typeof retrieveExportResultSchema>;

/** https://docs.kraken.com/api/docs/rest-api/remove-export */
export const removeExportParamsSchema = openObject({
  id: z.string(),
  /** `delete` what is processed, `cancel` what is not. */
  type: openEnum(['cancel', 'delete']),
});
export type RemoveExportParams = z.output<typeof removeExportParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/add-export */
export const removeExportResultSchema = openObject({
  delete: z.optional(z.boolean()),
  cancel: z.optional(z.boolean()),
});
export type RemoveExportResult = z.output<typeof removeExportResultSchema>;
