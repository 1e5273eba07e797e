import { expect } from 'vitest';
import type { Message } from './line.ts';
import type { Answer } from './spot-v2-orders.ts';

export const TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

/** An acknowledgement of v2's words, to the last field. */
export function acknowledgement(
  method: unknown,
  said: Answer | { readonly error: string; readonly symbol?: string },
): Message {
  return {
    method,
    req_id: expect.any(Number) as unknown,
    success: !('error' in said),
    ...said,
    // Seen of this refusal alone.
    ...('error' in said && said.error === 'ESession:Invalid session' ? { status: 'error' } : {}),
    time_in: TIME,
    time_out: TIME,
  };
}
