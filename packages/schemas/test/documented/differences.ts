import { describeShape, type Field, type Shape } from './shape.ts';

type ObjectShape = Extract<Shape, { is: 'object' }>;

/** Every way in which a schema's shape is not the documented one, each with the path to it. */
export function differencesOf(documented: Shape, schema: Shape, path = ''): string[] {
  const alike = compare(documented, schema, path);
  if (alike !== undefined) return alike;
  const [page, own] = [documented, schema].map((shape) => describeShape(shape));
  return [`${path || 'it'}: documented as ${page}, in the schema ${own}`];
}

/** `undefined` when the two are not even of one kind. */
function compare(documented: Shape, schema: Shape, path: string): string[] | undefined {
  switch (documented.is) {
    case 'kind':
      return schema.is === 'kind' && schema.name === documented.name ? [] : undefined;
    case 'literal':
      return schema.is === 'literal' && schema.value === documented.value ? [] : undefined;
    case 'enum':
      return schema.is === 'enum' && schema.open === documented.open
        ? compareValues(documented.values, schema.values, path)
        : undefined;
    case 'nullable':
      return schema.is === 'nullable' ? differencesOf(documented.of, schema.of, path) : undefined;
    case 'array':
      return schema.is === 'array'
        ? differencesOf(documented.of, schema.of, `${path}[]`)
        : undefined;
    case 'tuple':
      return schema.is === 'tuple' && schema.items.length === documented.items.length
        ? documented.items.flatMap((item, index) =>
            compareFields(item, schema.items[index], `${path}[${index}]`),
          )
        : undefined;
    case 'union':
      return schema.is === 'union'
        ? compareOptions(documented.options, schema.options, path)
        : undefined;
    case 'object':
    default:
      return schema.is === 'object' ? compareObjects(documented, schema, path) : undefined;
  }
}

function compareValues(
  documented: readonly (string | number)[],
  schema: readonly (string | number)[],
  path: string,
): string[] {
  return [
    ...documented
      .filter((value) => !schema.includes(value))
      .map((value) => `${path}: the value ${value} is not in the schema`),
    ...schema
      .filter((value) => !documented.includes(value))
      .map((value) => `${path}: the value ${value} is not documented`),
  ];
}

function compareObjects(documented: ObjectShape, schema: ObjectShape, path: string): string[] {
  const names = new Set([...documented.fields.keys(), ...schema.fields.keys()]);
  const own = [...names].flatMap((name) =>
    compareFields(
      documented.fields.get(name),
      schema.fields.get(name),
      path === '' ? name : `${path}.${name}`,
    ),
  );
  const others = compareFields(
    fieldOf(documented.others),
    fieldOf(schema.others),
    path === '' ? '*' : `${path}.*`,
  );
  return [...own, ...others];
}

function fieldOf(shape: Shape | undefined): Field | undefined {
  return shape && { shape, optional: false };
}

function compareFields(
  documented: Field | undefined,
  schema: Field | undefined,
  path: string,
): string[] {
  if (documented === undefined) return schema === undefined ? [] : [`${path}: not documented`];
  if (schema === undefined) return [`${path}: not in the schema`];
  const optionality =
    documented.optional === schema.optional
      ? []
      : [`${path}: ${documented.optional ? 'required' : 'optional'} in the schema alone`];
  return [...optionality, ...differencesOf(documented.shape, schema.shape, path)];
}

/** The options of a union in the order that makes the fewest differences. */
function compareOptions(
  documented: readonly Shape[],
  schema: readonly Shape[],
  path: string,
): string[] | undefined {
  if (documented.length !== schema.length) return undefined;
  const left = [...schema];
  return documented.flatMap((option) => {
    const candidates = left.map((own) => differencesOf(option, own, path));
    const fewest = Math.min(...candidates.map(({ length }) => length));
    const best = candidates.findIndex(
      ({ length }, index) => length === fewest && (fewest === 0 || left[index]?.is === option.is),
    );
    const chosen = best < 0 ? candidates.findIndex(({ length }) => length === fewest) : best;
    left.splice(chosen, 1);
    return candidates[chosen] ?? [];
  });
}
