import type { Endpoint } from './endpoint.ts';
import { invalidParams } from './errors.ts';
import { type Params, withoutAbsent } from './params.ts';
import { isSchemaError } from './schema-error.ts';

/** @throws RestError `INVALID_PARAMS`, before anything is sent or charged */
export function checkParams(endpoint: Endpoint, label: string, given: object): Params {
  const params = withoutAbsent(given as Readonly<Record<string, unknown>>);
  if (endpoint.readParams === undefined) return params;
  try {
    return withoutAbsent(endpoint.readParams(params));
  } catch (error) {
    if (!isSchemaError(error, 'INVALID_MESSAGE')) throw error;
    const issue = error.context.issues?.[0];
    throw invalidParams(label, issue?.path ?? '', issue?.reason ?? error.message);
  }
}
