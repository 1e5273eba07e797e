import { describe, expect, it } from 'vitest';
import { listSchemas } from '../src/json-schema/index.ts';
import { expectSchemaToHold } from './expect-schema-to-hold.ts';

/** The answer of RetrieveExport is an archive, no JSON. */
const schemas = listSchemas().filter(({ name }) => name !== 'rest/retrieve-export-result');

describe('every schema', () => {
  it('is in the catalog once, the v2 ticker first', () => {
    const names = listSchemas().map(({ name }) => name);
    expect(names[0]).toBe('ws/ticker-frame');
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(500);
  });

  it.each(schemas)('$name: parses what it can be, prints it back, refuses the rest', (entry) => {
    // The soak looks further, with seeds of one's own.
    expectSchemaToHold(entry, { numRuns: 3, seed: 42 });
  });
});
