import { describe, expect, it } from 'vitest';
import { parseText } from '../parse-with.ts';
import { strictOf } from '../strict.ts';
import { conditionalSchema } from './order-fields.ts';

describe('conditionalSchema', () => {
  it.each(['market', 'iceberg', 'settle-position'])('knows no %s order as a close', (type) => {
    const text = JSON.stringify({ order_type: type });
    expect(parseText(conditionalSchema, text)).toStrictEqual({ order_type: type });
    expect(() => parseText(strictOf(conditionalSchema), text)).toThrow('at order_type');
  });
});
