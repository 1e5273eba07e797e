import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText, stringifyJson } from '../src/index.ts';
import { listSchemas, toJsonSchema } from '../src/json-schema/index.ts';
import { arbitraryOf } from './arbitrary.ts';
import { isValid } from './is-valid.ts';
import { readPages } from './read-pages.ts';

const schemas = listSchemas().filter(({ name }) => name !== 'rest/retrieve-export-result');

describe('every JSON Schema', () => {
  it('accepts what the schema does, on the wire and decoded', () => {
    const refused = schemas.flatMap(({ name, schema }) => {
      const wireSchema = toJsonSchema(schema);
      const decodedSchema = toJsonSchema(schema, { of: 'decoded' });
      const texts = fc.sample(arbitraryOf(schema), 3).map((wire) => stringifyJson(wire));
      return texts.flatMap((text) => {
        const decoded = JSON.parse(JSON.stringify(parseText(schema, text))) as unknown;
        return [
          isValid(wireSchema, JSON.parse(text)) ? '' : `${name} on the wire: ${text}`,
          isValid(decodedSchema, decoded) ? '' : `${name} decoded: ${text}`,
        ].filter((line) => line !== '');
      });
    });
    expect(refused).toStrictEqual([]);
  });

  it('refuses what the schema does', () => {
    const { schema } = schemas[0] ?? {};
    if (schema === undefined) throw new Error('no schema');
    const wireSchema = toJsonSchema(schema);
    expect(isValid(wireSchema, { channel: 'ticker', type: 'update', data: [] })).toBe(true);
    expect(isValid(wireSchema, { channel: 'book', type: 'update', data: [] })).toBe(false);
    expect(isValid(wireSchema, { channel: 'ticker', type: 'update' })).toBe(false);
    expect(isValid(wireSchema, { channel: 'ticker', type: 'update', data: [{}] })).toBe(false);
  });
});

describe('the pages', () => {
  it('are those of the docstrings', async () => {
    const byPage = new Map<string, string[]>();
    for (const [name, page = ''] of Object.entries(readPages())) {
      byPage.set(page, [...(byPage.get(page) ?? []), name]);
    }
    const pages = [...byPage.keys()].toSorted();
    expect(pages.filter((page) => !/^https:\/\/\S+\w$/.test(page))).toStrictEqual([]);
    const rows = pages.map((page) => {
      const names = (byPage.get(page) ?? []).toSorted().join(' ');
      const line = `  '${page}': '${names}',`;
      return line.length <= 100 ? line : `  '${page}':\n    '${names}',`;
    });
    const text = `/** Written by \`test/json-schema.test.ts\` from the docstrings: the schemas that each page documents. */
export const schemasByPage: Readonly<Record<string, string>> = {
${rows.join('\n')}
};
`;
    await expect(text).toMatchFileSnapshot('../src/json-schema/pages.ts');
  });
});
