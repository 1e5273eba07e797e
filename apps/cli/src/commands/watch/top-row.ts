import type { L2Book, L3Book } from '@kr/orderbook';
import { spread, topOfBook } from '@kr/orderbook/analytics';
import type { Row } from '../../output/result.ts';

/** The best of both sides, as a message left them. */
export const topRow = (book: L2Book | L3Book): Row => {
  const { bid, ask } = topOfBook(book);
  return {
    bid: bid?.price,
    bid_quantity: bid?.quantity,
    ask: ask?.price,
    ask_quantity: ask?.quantity,
    spread: spread(book),
    verified: book.verified,
  };
};
