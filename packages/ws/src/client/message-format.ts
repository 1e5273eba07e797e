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

/** Spot v2, by the schemas: exact decimals, unknown fields passed through. */
export const spotV2Messages: MessageFormat = {
  protocol: spotV2,
  rowFilterOf: createRowFilter,
  parse: (bytes) => {
    try {
      const message = parseWsMessage(bytes);
      if (message.kind === 'data') return message.frame;
      if (message.kind === 'unknown') return message.value as unknown as DataMessage;
      return 'a message that is no data';
    } catch (error) {
      if (isSchemaError(error)) return error.message;
      throw error;
    }
  },
};
