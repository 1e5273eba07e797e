import type * as z from 'zod/mini';
import { type Definition, definitionOf } from '../zod-internals.ts';

/**
 * A path with `[]` for any place of an array and `*` for any name of a record, so that the same
 * finding under another symbol is the same finding: `result.*.asks[][0]`. The places of a tuple
 * mean something, and stay.
 */
export function foldPath(schema: z.core.$ZodType, path: readonly PropertyKey[]): string {
  let here = [schema];
  let text = '';
  for (const key of path) {
    const steps = here.flatMap((one) => stepsOf(one, key));
    // Of a union, the option that knows the name speaks.
    const label = steps.find((step) => step.label === key)?.label ?? steps[0]?.label ?? key;
    text += typeof label === 'number' ? `[${label}]` : joined(text, String(label));
    here = steps.filter((step) => step.label === label).map((step) => step.next);
  }
  return text;
}

const ANY_PLACE = '[]';
const ANY_NAME = '*';

interface Step {
  readonly label: PropertyKey;
  readonly next: z.core.$ZodType;
}

/** Where a key leads in a schema, under the name that it has in a folded path. */
function stepsOf(schema: z.core.$ZodType, key: PropertyKey): Step[] {
  const definition = definitionOf(schema);
  if (definition.type === 'optional' || definition.type === 'nullable') {
    return stepsOf(definition.innerType, key);
  }
  if (definition.type === 'union') {
    return definition.options.flatMap((option) => stepsOf(option, key));
  }
  const step = stepOf(definition, key);
  return step === undefined ? [] : [step];
}

function stepOf(definition: Definition, key: PropertyKey): Step | undefined {
  if (definition.type === 'array') return { label: ANY_PLACE, next: definition.element };
  if (definition.type === 'record') return { label: ANY_NAME, next: definition.valueType };
  if (definition.type === 'tuple') {
    const next = definition.items[Number(key)] ?? definition.rest;
    return next === null ? undefined : { label: key, next };
  }
  if (definition.type !== 'object') return undefined;
  const field = Object.hasOwn(definition.shape, key) ? definition.shape[String(key)] : undefined;
  if (field !== undefined) return { label: key, next: field };
  const { catchall } = definition;
  const isKeyed = catchall !== undefined && definitionOf(catchall).type !== 'unknown';
  return isKeyed ? { label: ANY_NAME, next: catchall } : undefined;
}

function joined(path: string, label: string): string {
  return path === '' || label === ANY_PLACE ? label : `.${label}`;
}
