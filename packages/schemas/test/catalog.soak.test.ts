import { describe, expect, it } from 'vitest';
import { listSchemas } from '../src/json-schema/index.ts';
import { expectSchemaToHold } from './expect-schema-to-hold.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);
const numRuns = Number(process.env['KR_SOAK_COUNT'] ?? 200);
const schemas = listSchemas().filter(({ name }) => name !== 'rest/retrieve-export-result');

describe(`every schema, seed ${seed}, ${numRuns} values and ${numRuns} mutations each`, () => {
  it('parses what it can be, prints it back, refuses the rest', () => {
    const total = { parsed: 0, refused: 0, accepted: 0 };
    for (const entry of schemas) {
      const counts = expectSchemaToHold(entry, { numRuns, seed });
      total.parsed += counts.parsed;
      total.refused += counts.refused;
      total.accepted += counts.accepted;
    }
    console.log(
      `${schemas.length} schemas: ${total.parsed} values parsed; of as many mutations ${total.refused} refused, ${total.accepted} valid by their JSON Schema too`,
    );
    expect(total.parsed).toBe(schemas.length * numRuns);
    expect(total.refused + total.accepted).toBe(total.parsed);
    expect(total.refused).toBeGreaterThan(total.accepted);
  });
});
