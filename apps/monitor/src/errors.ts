/** What can go wrong with a monitor. */
export type MonitorErrorCode =
  /** Another process listens on the port. */
  | 'PORT_IN_USE'
  /** The address cannot be listened on for another reason. */
  | 'LISTEN_FAILED'
  /** An address of the network: a monitor is for this machine alone. */
  | 'NOT_LOOPBACK'
  /** The source could not be opened. */
  | 'SOURCE_FAILED'
  /** The source has no such symbol. */
  | 'UNKNOWN_SYMBOL'
  /** An option or a flag makes no sense. */
  | 'INVALID_OPTION'
  /** It was closed; make another. */
  | 'CLOSED';

/** What happened, then what to do. */
export class MonitorError extends Error {
  override readonly name = 'MonitorError';
  readonly code: MonitorErrorCode;

  constructor(code: MonitorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const isMonitorError = (error: unknown, code?: MonitorErrorCode): error is MonitorError =>
  error instanceof Error &&
  error.name === 'MonitorError' &&
  (code === undefined || (error as MonitorError).code === code);
