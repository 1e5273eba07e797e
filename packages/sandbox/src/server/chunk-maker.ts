import type { WireFrame } from '../protocol/wire-frame.ts';

/**
 * Frames as one piece of memory, so that a turn of the event loop costs a socket one write. Subscribers
 * of the same things are sent the same frames one after another: they share the piece.
 */
export class ChunkMaker {
  #frames: readonly WireFrame[] = [];
  #chunk: Buffer = Buffer.alloc(0);

  /** The bytes as they go over the socket. They must not be changed. */
  make(frames: readonly WireFrame[]): Buffer {
    const [first] = frames;
    if (frames.length === 1 && first !== undefined) return first.framed;
    if (!this.#isSame(frames)) {
      this.#frames = frames;
      this.#chunk = Buffer.concat(frames.map((frame) => frame.framed));
    }
    return this.#chunk;
  }

  #isSame(frames: readonly WireFrame[]): boolean {
    return (
      frames.length === this.#frames.length &&
      frames.every((frame, at) => frame === this.#frames[at])
    );
  }
}
