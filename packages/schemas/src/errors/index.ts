/**
 * Kraken's error texts, read. Loads no zod.
 *
 * @packageDocumentation
 */
export { type KrakenError, parseFuturesError, parseKrakenError } from './kraken-error.ts';
