import { describe, expect, expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';
import { parseText } from '../parse-with.ts';
import { strictOf } from '../strict.ts';
import { orderEventsSchema } from './order-events.ts';

function executionPrice(event: z.output<typeof orderEventsSchema>[number]): string | undefined {
  if (event.type !== 'EXECUTION') return undefined;
  expectTypeOf(event.executionId).toEqualTypeOf<string>();
  return event.price;
}

const execution = '{"type":"EXECUTION","executionId":"e1","price":9400.0,"amount":10}';

describe('orderEventsSchema', () => {
  it('narrows an event by its type', () => {
    const events = parseText(orderEventsSchema, `[${execution}]`);
    expect(events.map((event) => executionPrice(event))).toStrictEqual(['9400.0']);
  });

  it('lets a kind that is not known pass as it is', () => {
    const events = [{ type: 'SETTLE', uid: 'a' }];
    expect(parseText(orderEventsSchema, JSON.stringify(events))).toStrictEqual(events);
  });

  it('refuses such a kind when it is strict', () => {
    const strict = strictOf(orderEventsSchema);
    expect(() => parseText(strict, '[{"type":"SETTLE"}]')).toThrow('unknown type at [0].type');
    expect(parseText(strict, `[${execution}]`)).toHaveLength(1);
  });

  it.each([
    ['{"type":"EXECUTION"}', 'received nothing at [0].executionId'],
    ['{"type":"CANCEL"}', 'expected string, received nothing at [0].uid'],
    ['{"type":"PLACE","order":1}', 'at [0].order'],
    ['{"type":"EDIT","old":{},"new":{}}', 'at [0].old'],
    ['{"type":"REJECT","uid":"a"}', 'at [0].reason'],
  ])('refuses %s, which it knows', (event, message) => {
    expect(() => parseText(orderEventsSchema, `[${event}]`)).toThrow(message);
  });
});
