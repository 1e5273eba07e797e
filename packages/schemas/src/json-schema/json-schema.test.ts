import { describe, expect, it } from 'vitest';
import { tickerFrameSchema } from '../ws/ticker.ts';
import { findSchema, listSchemas } from './catalog.ts';
import { toJsonSchema } from './to-json-schema.ts';

describe('toJsonSchema', () => {
  it('says of the v2 ticker what is on the wire', () => {
    const schema = toJsonSchema(tickerFrameSchema, {
      id: 'urn:kr:ws:ticker-frame',
      title: 'ws/ticker-frame',
    });
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:kr:ws:ticker-frame',
      title: 'ws/ticker-frame',
      type: 'object',
      properties: {
        channel: { const: 'ticker' },
        type: { enum: ['snapshot', 'update'] },
        data: {
          type: 'array',
          items: { properties: { symbol: { type: 'string' }, bid: { type: 'number' } } },
        },
      },
      required: ['channel', 'type', 'data'],
    });
  });

  it('says of the decoded values what is in code', () => {
    const schema = toJsonSchema(tickerFrameSchema, { of: 'decoded' });
    expect(schema).toMatchObject({
      properties: {
        data: { items: { properties: { bid: { type: 'string', pattern: expect.any(String) } } } },
      },
    });
  });

  it('keeps enumerations open', () => {
    const { schema } = findSchema('ws/trade') ?? {};
    if (schema === undefined) throw new Error('no schema');
    expect(toJsonSchema(schema)).toMatchObject({
      properties: { side: { anyOf: [{ enum: ['buy', 'sell'] }, { type: 'string' }] } },
      additionalProperties: {},
    });
  });

  it('can be made of every schema', () => {
    for (const { name, schema } of listSchemas()) {
      for (const of of ['wire', 'decoded'] as const) {
        const text = JSON.stringify(toJsonSchema(schema, { of, title: name }));
        expect(text).toContain('"$schema":"https://json-schema.org/draft/2020-12/schema"');
      }
    }
  });
});

describe('the page of a schema', () => {
  it('is in its entry and in its JSON Schema', () => {
    const { schema, page } = findSchema('rest/depth-result') ?? {};
    expect(page).toBe('https://docs.kraken.com/api/docs/rest-api/get-order-book');
    if (schema === undefined) throw new Error('no schema');
    expect(toJsonSchema(schema, { page })).toMatchObject({ description: `Documented at ${page}` });
  });

  it('is known of all but what is ours', () => {
    const without = listSchemas().filter(({ page }) => page === undefined);
    expect(without.map(({ name }) => name)).toStrictEqual(['shared/gap-event']);
  });
});

describe('findSchema', () => {
  it('knows the names of listSchemas, and no others', () => {
    expect(findSchema('rest/depth-result')?.name).toBe('rest/depth-result');
    expect(findSchema('shared/gap-event')?.name).toBe('shared/gap-event');
    expect(findSchema('toString')).toBeUndefined();
  });
});
