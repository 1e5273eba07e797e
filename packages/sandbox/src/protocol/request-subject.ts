import type { RequestSubject } from '../faults/arm.ts';

interface Loose {
  readonly method?: unknown;
  readonly params?: { readonly channel?: unknown; readonly token?: unknown } | null;
}

/** What a client's message asks about, whether it can be had or not; for faults. */
export function readRequestSubject(text: string): RequestSubject {
  let message: Loose | null;
  try {
    message = JSON.parse(text) as Loose | null;
  } catch {
    message = null;
  }
  const { method, params } = message ?? {};
  return {
    method: textOf(method),
    channel: textOf(params?.channel),
    symbol: undefined,
    hasToken: typeof params?.token === 'string',
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
