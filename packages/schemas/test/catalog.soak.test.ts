import { describe, expect, it } from 'vitest';
import { listSchemas } from '../src/json-schema/index.ts';
import { expectSchemaToHold } from './expect-schema-to-hold.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);
const numRuns = Number(process.env['KR_SOAK_COUNT'] ?? 200);
const schemas = listSchemas().filter(({ name }) => name !== 'rest/retrieve-export-result');

describe(`every schema, seed ${seed}, ${numRuns} values and ${numRuns} mutations each`, () => {
  it('parses what it can be, prints it back, refuses the rest', () => {
    let parsed = 0;
    let refused = 0;
    for (const { schema } of schemas) {
      const counts = expectSchemaToHold(schema, { numRuns, seed });
      parsed += counts.parsed;
      refused += counts.refused;
    }
    console.log(`${schemas.length} schemas: ${parsed} values parsed, ${refused} mutations refused`);
    expect(parsed).toBe(schemas.length * numRuns);
    // The others fell where anything is allowed.
    expect(refused).toBeGreaterThan(parsed / 2);
  });
});
