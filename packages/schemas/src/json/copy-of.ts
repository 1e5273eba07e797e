const SLICED_LENGTH = 13;

/** V8 makes a slice of 13 characters and more a view: one id kept would keep a body of megabytes. */
export function copyOf(slice: string): string {
  return slice.length < SLICED_LENGTH ? slice : ` ${slice}`.slice(1);
}
