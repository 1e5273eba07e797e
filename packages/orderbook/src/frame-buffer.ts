/** Room behind the frame, so that a comparison of a few words never leaves the buffer. */
const MARGIN = 64;
const HIGHEST_ASCII = 0x7f;

/**
 * Where a frame is put to be read, bytes and text alike. Copying 200 bytes costs 7 ns, and buys
 * eight bytes a comparison, one kind of array whatever the caller's is, and texts without
 * allocation. Behind `length` stand remains of earlier frames.
 */
export class FrameBuffer {
  bytes: Uint8Array = new Uint8Array(4096);
  view: DataView = new DataView(this.bytes.buffer);
  length = 0;

  /** False when a text cannot be UTF-8: it holds half a surrogate pair. */
  load(frame: Uint8Array | string): boolean {
    if (frame.length + MARGIN > this.bytes.length) this.#reserve(frame.length);
    this.length = frame.length;
    if (typeof frame !== 'string') {
      this.bytes.set(frame);
      return true;
    }
    for (let i = 0; i < frame.length; i++) {
      const code = frame.charCodeAt(i);
      if (code > HIGHEST_ASCII) return this.#loadText(frame);
      this.bytes[i] = code;
    }
    return true;
  }

  /** True when the frame begins with an ASCII text. */
  startsWith(text: string): boolean {
    if (this.length < text.length) return false;
    for (let i = 0; i < text.length; i++) {
      if (this.bytes[i] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #loadText(text: string): boolean {
    let encoded: string;
    try {
      // The language's own UTF-8: TextEncoder belongs to the web's API.
      encoded = encodeURIComponent(text);
    } catch {
      return false;
    }
    this.#reserve(encoded.length);
    this.length = 0;
    for (let i = 0; i < encoded.length; i++) {
      let byte = encoded.charCodeAt(i);
      if (byte === 0x25) {
        byte = Number.parseInt(encoded.slice(i + 1, i + 3), 16);
        i += 2;
      }
      this.bytes[this.length++] = byte;
    }
    return true;
  }

  #reserve(length: number): void {
    this.bytes = new Uint8Array((length + MARGIN) * 2);
    this.view = new DataView(this.bytes.buffer);
  }
}
