import { type DestinationStream, type Logger, pino } from 'pino';

type Tell = (facts: Readonly<Record<string, unknown>>, text: string) => void;

/** Where a run tells what a person should know; a logger of pino is one. */
export interface Log {
  readonly info: Tell;
  readonly warn: Tell;
  readonly error: Tell;
}

/** Members that never reach a log, however they got into what is logged. */
const SECRETS = ['token', 'secret', 'key', 'password', 'otp', 'api_key', 'api_secret', 'signature'];

/**
 * Structured lines: `{"level":"warn","time":"…","event":"gap",…,"msg":"…"}`. Errors are logged by code
 * and message alone.
 */
export const createLog = (level: string, destination: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    destination,
  );
