/* oxlint-disable no-underscore-dangle -- `_zod` is where zod documents that tools find a schema's definition */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly catchall?: Schema;
  readonly options?: readonly Schema[];
}
export interface Schema {
  readonly _zod: { readonly def: Definition; readonly optin?: 'optional' | undefined };
}

/** The fields of an object in a line; `?` marks those that can be left out. */
export function fieldsOf({ _zod }: Schema, most: number): string {
  const fields = Object.entries(_zod.def.shape ?? {}).map(
    ([name, field]) => `${name}${field._zod.optin === 'optional' ? '?' : ''}`,
  );
  const shown = fields.slice(0, most).join(', ');
  return fields.length > most ? `${shown}, …` : shown;
}

/** What a result is, in a line. */
export function resultOf(schema: Schema): string {
  const { type, innerType, element, valueType, options, catchall } = schema._zod.def;
  if (catchall?._zod.def.type === 'array') {
    return `map of ${resultOf(catchall)}, and ${fieldsOf(schema, 6)}`;
  }
  if (type === 'object') return `{ ${fieldsOf(schema, 6)} }`.replace('{  }', '{}');
  if (type === 'array' && element) return `list of ${resultOf(element)}`;
  if (type === 'record' && valueType) return `map of ${resultOf(valueType)}`;
  if (type === 'union' && options) return options.map(resultOf).join(' or ');
  if (innerType) return resultOf(innerType);
  if (type === 'tuple') return 'row';
  return ['custom', 'pipe', 'string'].includes(type) ? 'text' : type;
}
