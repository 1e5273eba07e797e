/** What a field can hold, told without zod: the documentation's side and the schemas' side meet in it. */
export type Shape =
  /** A kind by its short name: {@link kinds} says what each is. */
  | { readonly is: 'kind'; readonly name: string }
  | { readonly is: 'literal'; readonly value: unknown }
  | { readonly is: 'enum'; readonly values: readonly (string | number)[]; readonly open: boolean }
  | { readonly is: 'nullable'; readonly of: Shape }
  | { readonly is: 'array'; readonly of: Shape }
  | { readonly is: 'tuple'; readonly items: readonly Field[] }
  | {
      readonly is: 'object';
      readonly fields: ReadonlyMap<string, Field>;
      /** What any other name holds. */
      readonly others: Shape | undefined;
    }
  | { readonly is: 'union'; readonly options: readonly Shape[] };

export interface Field {
  readonly shape: Shape;
  readonly optional: boolean;
}

/** The short names of the notation. */
export const kinds: Readonly<Record<string, string>> = {
  s: 'a string',
  d: 'a decimal, a number on the wire',
  ds: 'a decimal string',
  dd: 'a decimal, a number or a string on the wire',
  rel: 'a price that may be relative',
  i: 'an integer',
  u32: 'an unsigned integer of 32 bits',
  id: 'an integer that may pass 2^53',
  b: 'a boolean',
  numbered: 'a channel with its depth or interval',
  t: 'a time with its zone',
  null: 'null',
  bytes: 'bytes',
  any: 'anything',
};

/** In words, for a message. */
export function describeShape(shape: Shape): string {
  switch (shape.is) {
    case 'kind':
      return kinds[shape.name] ?? shape.name;
    case 'literal':
      return JSON.stringify(shape.value);
    case 'enum':
      return `${shape.open ? 'one of' : 'only'} ${shape.values.join(', ')}`;
    case 'nullable':
      return `${describeShape(shape.of)} or null`;
    case 'array':
      return `an array of ${describeShape(shape.of)}`;
    case 'tuple':
      return `a tuple of ${shape.items.length}`;
    case 'union':
      return `one of ${shape.options.length} shapes`;
    case 'object':
    default:
      return 'an object';
  }
}
