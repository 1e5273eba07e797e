import type { L2Book, L3Book } from '@kr/orderbook';
import type { Frame } from '@kr/schemas/shared';

/** What a book is held against: the exchange's checksum, or the numbers of its messages where it sends none. */
export type Proof = 'checksum' | 'sequence';

export type FailureCause = 'mismatch' | 'malformed' | 'jump';

/** What became of a frame. `failed`: the book is wrong, and empty now. */
export type FrameOutcome =
  | { readonly kind: 'verified' }
  /** Applied, and nothing in it tells whether the book is right. */
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'failed'; readonly cause: FailureCause; readonly detail: string };

export const VERIFIED: FrameOutcome = { kind: 'verified' };
export const UNCHECKED: FrameOutcome = { kind: 'unchecked' };
export const IGNORED: FrameOutcome = { kind: 'ignored' };

/** A moment of a book that two connections can agree upon. */
export interface Moment {
  /** What sorts messages of one symbol as they were made, whatever the connection; empty where none is printed. */
  readonly time: string;
  readonly checksum: number | undefined;
}

/** The book of one symbol, and how the frames of its protocol come into it. */
export interface KeptBook<B extends L2Book | L3Book> {
  readonly book: B;
  readonly isVerified: boolean;
  /** Never throws for what the wire says. */
  apply(frame: Frame): FrameOutcome;
  /** Where it stands after `frame`, the last that was applied. */
  momentOf(frame: Frame): Moment;
  clear(): void;
}
