import type { SchemaError, SchemaErrorCode } from '@kr/schemas';

/** By name, as `isSchemaError` of @kr/schemas, whose entry would load zod. */
export function isSchemaError(error: unknown, code?: SchemaErrorCode): error is SchemaError {
  if (!(error instanceof Error) || error.name !== 'SchemaError') return false;
  return code === undefined || (error as SchemaError).code === code;
}
