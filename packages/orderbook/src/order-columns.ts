const FIRST_CAPACITY = 64;

type Column = Float64Array | Int32Array | Uint8Array;

/** Orders as parallel arrays: those of a book (order-store.ts), or of a message (order-batch.ts). */
export class OrderColumns {
  /** The id as two numbers (order-id.ts). */
  idHeads: Float64Array = new Float64Array(FIRST_CAPACITY);
  idTails: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Scaled integers, as head and tail (lexeme.ts). */
  quantities: Float64Array = new Float64Array(FIRST_CAPACITY);
  quantityTails: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** The CRC of price and quantity from register 0, and how many digits they are. */
  crcs: Int32Array = new Int32Array(FIRST_CAPACITY);
  lengths: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** The time (order-time.ts). */
  seconds: Float64Array = new Float64Array(FIRST_CAPACITY);
  nanos: Int32Array = new Int32Array(FIRST_CAPACITY);

  get capacity(): number {
    return this.idHeads.length;
  }

  /** Copies quantity and time, not the id. */
  update(at: number, from: OrderColumns, index: number): void {
    this.quantities[at] = from.quantities[index]!;
    this.quantityTails[at] = from.quantityTails[index]!;
    this.crcs[at] = from.crcs[index]!;
    this.lengths[at] = from.lengths[index]!;
    this.seconds[at] = from.seconds[index]!;
    this.nanos[at] = from.nanos[index]!;
  }

  /** Doubles the room. */
  grow(): void {
    this.idHeads = grown(this.idHeads);
    this.idTails = grown(this.idTails);
    this.quantities = grown(this.quantities);
    this.quantityTails = grown(this.quantityTails);
    this.crcs = grown(this.crcs);
    this.lengths = grown(this.lengths);
    this.seconds = grown(this.seconds);
    this.nanos = grown(this.nanos);
  }
}

/** A column with twice the room. */
export function grown<T extends Column>(column: T): T {
  const larger = new (column.constructor as new (length: number) => T)(column.length * 2);
  larger.set(column);
  return larger;
}
