import type { Row } from '../../output/result.ts';

/** A JSON Schema, as far as a table shows it. */
interface Node {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node | false;
  readonly prefixItems?: readonly Node[];
  readonly additionalProperties?: Node | boolean;
}

/** A field a row, by its path: `data[].bids[].price`; `*` is any name. */
export const fieldsOf = (document: object): Row[] => [...walk(document, '', true)];

function* walk(node: Node, path: string, required: boolean): Generator<Row> {
  if (path !== '') {
    const values = node.enum ?? (node.const === undefined ? alternatives(node) : [node.const]);
    yield { field: path, type: typeOf(node), required, values: values?.map(String) };
  }
  for (const one of node.anyOf ?? node.oneOf ?? []) {
    if (one.properties !== undefined || one.items !== undefined) yield* children(one, path);
  }
  yield* children(node, path);
}

function* children(node: Node, path: string): Generator<Row> {
  for (const [key, value] of Object.entries(node.properties ?? {})) {
    yield* walk(value, path === '' ? key : `${path}.${key}`, node.required?.includes(key) ?? false);
  }
  for (const [at, item] of (node.prefixItems ?? []).entries()) {
    yield* walk(item, `${path}[${at}]`, true);
  }
  if (typeof node.items === 'object') yield* walk(node.items, `${path}[]`, true);
  const { additionalProperties: rest } = node;
  if (typeof rest === 'object' && Object.keys(rest).length > 0) {
    yield* walk(rest, path === '' ? '*' : `${path}.*`, false);
  }
}

const alternatives = ({ anyOf = [] }: Node): readonly unknown[] | undefined => {
  const known = anyOf.flatMap((one) => one.enum ?? (one.const === undefined ? [] : [one.const]));
  return known.length === 0 ? undefined : known;
};

const typeOf = (node: Node): string => {
  if (node.type !== undefined) return [node.type].flat().join(' | ');
  const types = new Set((node.anyOf ?? node.oneOf ?? []).map(typeOf));
  return types.size === 0 ? 'any' : [...types].join(' | ');
};
