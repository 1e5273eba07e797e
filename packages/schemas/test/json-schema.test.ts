import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText, stringifyJson } from '../src/index.ts';
import { listSchemas, toJsonSchema } from '../src/json-schema/index.ts';
import { arbitraryOf } from './arbitrary.ts';
import { isValid } from './is-valid.ts';

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
