import { type DestinationStream, type Logger, pino } from 'pino';

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

/** What a log, or a person, is told of an error. */
export const errorFacts = (error: unknown): { code?: string; err: string } => {
  if (!(error instanceof Error)) return { err: String(error) };
  const { code } = error as { code?: unknown };
  return { ...(typeof code === 'string' ? { code } : {}), err: error.message };
};
