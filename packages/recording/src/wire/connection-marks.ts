import { startsWith, utf8 } from './bytes.ts';

const STATUS_V2 = /^\{"channel":"status"/;
const STATUS_V1 = /"event":"systemStatus"/;
const CONNECTION_ID = /"connection_?id"\s*:\s*("[^"]*"|\d+)/i;
const CHANNEL = utf8('{"channel":"');
const OPEN_BRACE = 0x7b;
const LETTER_S = 0x73;
const decoder = new TextDecoder('latin1');
/** Status messages are short; anything longer is not looked at. */
const MAX_STATUS_BYTES = 4096;

/**
 * Numbers the connections of a file that does not say where they begin: Kraken opens each with a status
 * message that carries the connection's id, so another id is another connection.
 */
export class ConnectionMarks {
  #known: string | undefined;
  #connectionId = 1;
  #sequence = -1;

  /** Counts one message in. */
  next(message: Uint8Array): { readonly connectionId: number; readonly sequence: number } {
    const id = connectionIdIn(message);
    if (id !== undefined) {
      if (this.#known !== undefined && id !== this.#known) {
        this.#connectionId += 1;
        this.#sequence = -1;
      }
      this.#known = id;
    }
    this.#sequence += 1;
    return { connectionId: this.#connectionId, sequence: this.#sequence };
  }
}

/** As printed: the numbers pass 2^53. */
function connectionIdIn(message: Uint8Array): string | undefined {
  if (message.length > MAX_STATUS_BYTES || message[0] !== OPEN_BRACE) return undefined;
  // Says no to almost every message: the name of a v2 channel that does not begin with `s`.
  if (startsWith(message, CHANNEL) && message[CHANNEL.length] !== LETTER_S) return undefined;
  const text = decoder.decode(message);
  if (!STATUS_V2.test(text) && !STATUS_V1.test(text)) return undefined;
  return CONNECTION_ID.exec(text)?.[1];
}
