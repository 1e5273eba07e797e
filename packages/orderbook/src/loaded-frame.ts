import { isOrderBookError, OrderBookError } from './errors.ts';
import { FrameBuffer } from './frame-buffer.ts';

/** The frame in hand: read within one call, so all books share it. */
export const frameBuffer: FrameBuffer = /* @__PURE__ */ new FrameBuffer();

export function loneSurrogate(): OrderBookError {
  return new OrderBookError(
    'MALFORMED_FRAME',
    'The frame holds half a surrogate pair: it was not decoded from UTF-8. Pass the bytes on.',
    {},
  );
}

/** What made a frame unreadable, as MALFORMED_FRAME: a bad level in it is one. */
export function unreadable(error: unknown): unknown {
  if (!isOrderBookError(error) || isOrderBookError(error, 'MALFORMED_FRAME')) return error;
  return new OrderBookError('MALFORMED_FRAME', error.message, {}, { cause: error });
}
