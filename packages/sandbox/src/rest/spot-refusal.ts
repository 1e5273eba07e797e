/** Kraken's error text instead of a result. */
export class SpotRefusal {
  readonly error: string;

  constructor(error: string) {
    this.error = error;
  }
}
