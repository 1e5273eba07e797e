import { isSchemaError, parseWsMessage } from '@kr/schemas';
import type { Protocol } from '../protocol/protocol.ts';
import { spotV2 } from '../protocol/spot-v2.ts';
import { createRowFilter, type RowFilter } from './merge.ts';
import type { DataMessage } from './message.ts';

/** A protocol whose messages can be read: what a client needs beyond a connection. */
export interface MessageFormat {
  readonly protocol: Protocol;
  /** A data frame; a text where it cannot be read. */
  parse(bytes: Uint8Array): DataMessage | string;
  /** How the same channel from two connections becomes one stream; absent: it follows one at a time. */
  readonly rowFilterOf?: ((channel: string) => RowFilter | undefined) | undefined;
}

/** Parses by a schema, whose words stand in place of its error; `undefined` is of what is no data. */
export function readBy(
  parse: (bytes: Uint8Array) => DataMessage | undefined,
): MessageFormat['parse'] {
  return (bytes) => {
    try {
      return parse(bytes) ?? 'a message that is no data';
    } catch (error) {
      if (isSchemaError(error)) return error.message;
      throw error;
    }
  };
}

/** Spot v2, by the schemas: exact decimals, unknown fields passed through. */
export const spotV2Messages: MessageFormat = {
  protocol: spotV2,
  rowFilterOf: createRowFilter,
  parse: readBy((bytes) => {
    const message = parseWsMessage(bytes);
    if (message.kind === 'data') return message.frame;
    return message.kind === 'unknown' ? (message.value as unknown as DataMessage) : undefined;
  }),
};
