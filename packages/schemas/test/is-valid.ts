import type { JsonSchema } from '../src/primitives/index.ts';

type Json = unknown;

/** Whether a value is valid by as much of JSON Schema as this package's schemas use; throws for more. */
export function isValid(schema: Json, value: Json): boolean {
  if (schema === true) return true;
  if (schema === false) return false;
  return Object.entries(schema as JsonSchema).every(([keyword, own]) => {
    const check = keywords[keyword];
    if (check === undefined) throw new Error(`Unknown keyword ${keyword}.`);
    return check(own as never, value, schema as JsonSchema);
  });
}

type Check = (own: never, value: Json, schema: JsonSchema) => boolean;

const annotation: Check = () => true;

const keywords: Readonly<Record<string, Check>> = {
  $schema: annotation,
  $id: annotation,
  title: annotation,
  description: annotation,
  default: annotation,
  type: (own: string | string[], value) => [own].flat().some((type) => hasType(type, value)),
  const: (own: Json, value) => own === value,
  enum: (own: readonly Json[], value) => own.includes(value),
  pattern: (own: string, value) => typeof value !== 'string' || new RegExp(own, 'u').test(value),
  minimum: (own: number, value) => typeof value !== 'number' || value >= own,
  maximum: (own: number, value) => typeof value !== 'number' || value <= own,
  minItems: (own: number, value) => !Array.isArray(value) || value.length >= own,
  maxItems: (own: number, value) => !Array.isArray(value) || value.length <= own,
  anyOf: (own: readonly Json[], value) => own.some((option) => isValid(option, value)),
  not: (own: Json, value) => !isValid(own, value),
  oneOf: (own: readonly Json[], value) =>
    own.filter((option) => isValid(option, value)).length === 1,
  allOf: (own: readonly Json[], value) => own.every((option) => isValid(option, value)),
  required: (own: readonly string[], value) =>
    !isObject(value) || own.every((key) => Object.hasOwn(value, key)),
  properties: (own: Readonly<Record<string, Json>>, value) =>
    !isObject(value) ||
    Object.entries(own).every(
      ([key, field]) => !Object.hasOwn(value, key) || isValid(field, value[key]),
    ),
  additionalProperties: (own: Json, value, { properties = {} }) =>
    !isObject(value) ||
    Object.keys(value).every(
      (key) => Object.hasOwn(properties as object, key) || isValid(own, value[key]),
    ),
  propertyNames: (own: Json, value) =>
    !isObject(value) || Object.keys(value).every((key) => isValid(own, key)),
  prefixItems: (own: readonly Json[], value) =>
    !Array.isArray(value) ||
    own.slice(0, value.length).every((item, index) => isValid(item, value[index])),
  items: (own: Json, value, { prefixItems = [] }) =>
    !Array.isArray(value) ||
    value.slice((prefixItems as Json[]).length).every((item) => isValid(own, item)),
};

function hasType(type: string, value: Json): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
