import { UNKNOWN } from './level-batch.ts';
import { wholeNumber } from './options.ts';
import { MAX_PRECISION } from './scaled.ts';

/** The decimals of every price and of every quantity, UNKNOWN where nothing told yet. */
export interface Precision {
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
}

export interface PrecisionOptions {
  /**
   * The instrument's decimals, where known. Kraken prints every trailing zero, so they are learnt
   * from the wire; give them for a source that drops zeros (the checksum is made of them).
   */
  readonly pricePrecision?: number | undefined;
  readonly quantityPrecision?: number | undefined;
}

/** What the messages show: undefined where they show nothing. */
export interface ShownDecimals {
  readonly price: number | undefined;
  readonly quantity: number | undefined;
}

/** Throws INVALID_OPTION. */
export function readPrecision(options: PrecisionOptions): Precision {
  const read = (option: keyof PrecisionOptions): number =>
    options[option] === undefined
      ? UNKNOWN
      : wholeNumber(option, options[option], 0, MAX_PRECISION);
  return {
    pricePrecision: read('pricePrecision'),
    quantityPrecision: read('quantityPrecision'),
  };
}

/** The known precision, raised to what a message shows. */
export function raised(known: Precision, shown: ShownDecimals): Precision {
  return {
    pricePrecision: Math.max(known.pricePrecision, shown.price ?? 0),
    quantityPrecision: Math.max(known.quantityPrecision, shown.quantity ?? 0),
  };
}

/** The known precision, lowered to what a message shows; undefined when it shows no less. */
export function lowered(known: Precision, shown: ShownDecimals): Precision | undefined {
  const { pricePrecision, quantityPrecision } = known;
  const price = Math.min(shown.price ?? pricePrecision, pricePrecision);
  const quantity = Math.min(shown.quantity ?? quantityPrecision, quantityPrecision);
  if (price === pricePrecision && quantity === quantityPrecision) return undefined;
  return { pricePrecision: price, quantityPrecision: quantity };
}

export function isSame(a: Precision, b: Precision): boolean {
  return a.pricePrecision === b.pricePrecision && a.quantityPrecision === b.quantityPrecision;
}
