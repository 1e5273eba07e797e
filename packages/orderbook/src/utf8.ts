/** Text to bytes and back with the language alone: neither Node's Buffer nor the web's TextEncoder. */

const HIGHEST_ASCII = 0x7f;

/** A buffer that keeps the bytes of the last text, so that an ASCII text costs no allocation. */
export class TextBytes {
  bytes: Uint8Array = new Uint8Array(512);

  /** Writes `text` from the start of `bytes` and gives the length; -1 for a lone surrogate. */
  write(text: string): number {
    if (text.length > this.bytes.length) this.bytes = new Uint8Array(text.length * 2);
    const { bytes } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > HIGHEST_ASCII) return this.#writeAny(text);
      bytes[i] = code;
    }
    return text.length;
  }

  #writeAny(text: string): number {
    let encoded: string;
    try {
      encoded = encodeURIComponent(text);
    } catch {
      return -1;
    }
    const bytes: number[] = [];
    for (let i = 0; i < encoded.length; i++) {
      if (encoded[i] === '%') {
        bytes.push(Number.parseInt(encoded.slice(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.push(encoded.charCodeAt(i));
      }
    }
    this.bytes = Uint8Array.from(bytes);
    return bytes.length;
  }
}

/** The text of `[start, end)`; undefined when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  let plain = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > HIGHEST_ASCII) plain = false;
    text += String.fromCharCode(byte);
  }
  if (plain) return text;
  try {
    return decodeURIComponent(
      text.replaceAll(/[%\u0080-\u00ff]/g, (character) => {
        return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
      }),
    );
  } catch {
    return undefined;
  }
}
