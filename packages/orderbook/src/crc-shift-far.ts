import { crcShift, MAX_SHIFT } from './crc-shift.ts';

/**
 * Shifts (crc-shift.ts) over whole queues of orders: tables for 64 and for 4096 bytes and their
 * multiples up to 63, a look-up of four for each base-64 digit of the length. Half a megabyte, so
 * they are made with the first L3 book.
 */
const STEP = MAX_SHIFT + 1;
const BITS = 6;

let by64: Int32Array | undefined;
let by4096: Int32Array | undefined;

/** The register after `length` zero bytes, however many. */
export function crcShiftFar(register: number, length: number): number {
  register = crcShift(register, length & MAX_SHIFT);
  if (length < STEP) return register;
  by64 ??= createMultiples((column) => crcShift(crcShift(column, MAX_SHIFT), 1));
  register = shiftBy(by64, register, (length >>> BITS) & MAX_SHIFT);
  if (length < STEP * STEP) return register;
  const table = by64;
  by4096 ??= createMultiples((column) => shiftBy(table, shiftBy(table, column, MAX_SHIFT), 1));
  let times = length >>> (BITS * 2);
  for (; times > MAX_SHIFT; times -= MAX_SHIFT) register = shiftBy(by4096, register, MAX_SHIFT);
  return shiftBy(by4096, register, times);
}

/** The table of 0 to 63 times one shift. */
function createMultiples(once: (register: number) => number): Int32Array {
  const table = new Int32Array(STEP << 10);
  for (let column = 0; column < 1024; column++) {
    let register = (column & 255) << ((column >>> 8) * 8);
    for (let times = 0; times < STEP; times++) {
      table[(times << 10) + column] = register;
      register = once(register);
    }
  }
  return table;
}

function shiftBy(table: Int32Array, register: number, times: number): number {
  const row = times << 10;
  return (
    table[row + (register & 255)]! ^
    table[row + 256 + ((register >>> 8) & 255)]! ^
    table[row + 512 + ((register >>> 16) & 255)]! ^
    table[row + 768 + (register >>> 24)]!
  );
}
