import type * as z from 'zod/mini';
import { definitionOf } from '../zod-internals.ts';

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
  switch (definition.type) {
    case 'optional':
    case 'nullable':
      return stepsOf(definition.innerType, key);
    case 'array':
      return [{ label: ANY_PLACE, next: definition.element }];
    case 'tuple': {
      const next = definition.items[Number(key)] ?? definition.rest;
      return next === null ? [] : [{ label: key, next }];
    }
    case 'record':
      return [{ label: ANY_NAME, next: definition.valueType }];
    case 'object': {
      const field = Object.hasOwn(definition.shape, key)
        ? definition.shape[String(key)]
        : undefined;
      if (field !== undefined) return [{ label: key, next: field }];
      const { catchall } = definition;
      if (catchall === undefined || definitionOf(catchall).type === 'unknown') return [];
      return [{ label: ANY_NAME, next: catchall }];
    }
    case 'union':
      return definition.options.flatMap((option) => stepsOf(option, key));
    default:
      return [];
  }
}

function joined(path: string, label: string): string {
  return path === '' || label === ANY_PLACE ? label : `.${label}`;
}
