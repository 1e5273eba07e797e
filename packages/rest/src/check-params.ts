import type { Endpoint } from './endpoint.ts';
import { RestError } from './errors.ts';
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

function invalidParams(
  endpoint: string,
  field: string,
  reason: string,
): RestError<'INVALID_PARAMS'> {
  return new RestError(
    'INVALID_PARAMS',
    `${endpoint}: the parameter "${field}" cannot be sent: ${reason}.`,
    {
      endpoint,
      category: 'validation',
      retryable: false,
      effect: 'none',
      advice: 'Nothing was sent; mend the parameter.',
    },
    { field, reason },
  );
}
