/** What an acknowledgement says beside its envelope. */
export interface Ack {
  readonly result?: unknown;
  readonly error?: string | undefined;
  readonly orders_cancelled?: number | undefined;
}

export function succeeded(result: object): Ack {
  return { result };
}

export function failed(error: string): Ack {
  return { error };
}

/** The text, keys in alphabetical order as in every acknowledgement seen on the wire. */
export function ackText(
  ack: Ack,
  envelope: {
    readonly method?: string | undefined;
    readonly reqId?: string | undefined;
    readonly timeIn: string;
    readonly timeOut: string;
  },
): string {
  const parts: string[] = [];
  const add = (name: string, json: string | undefined): void => {
    if (json !== undefined) parts.push(`"${name}":${json}`);
  };
  add('error', ack.error === undefined ? undefined : JSON.stringify(ack.error));
  add('method', envelope.method === undefined ? undefined : JSON.stringify(envelope.method));
  add('orders_cancelled', ack.orders_cancelled?.toString());
  add('req_id', envelope.reqId);
  add('result', ack.result === undefined ? undefined : JSON.stringify(ack.result));
  add('success', String(ack.error === undefined));
  add('time_in', JSON.stringify(envelope.timeIn));
  add('time_out', JSON.stringify(envelope.timeOut));
  return `{${parts.join(',')}}`;
}
