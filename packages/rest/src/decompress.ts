import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * A body as it was before it was compressed. None is asked for; a gateway on the way may compress
 * all the same. A cut or broken one throws while it is read, and its size is bounded by who reads it.
 */
export function decompressed(body: Readable, encoding: string): AsyncIterable<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  const create = Object.hasOwn(DECODERS, name)
    ? DECODERS[name as keyof typeof DECODERS]
    : undefined;
  // Errors come out of the last stream, which is read.
  return create === undefined ? body : pipeline(body, create(), () => {});
}
