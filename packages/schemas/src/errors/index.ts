/**
 * Kraken's error texts, read. Loads no zod.
 *
 * @packageDocumentation
 */
export { instructionStatuses } from './instruction-statuses.ts';
export { type KrakenError, parseFuturesError, parseKrakenError } from './kraken-error.ts';
