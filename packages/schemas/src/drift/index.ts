/**
 * How messages differ from their schemas: run it over a stream or a recording.
 *
 * @packageDocumentation
 */
export {
  createDriftObserver,
  type DriftKind,
  type DriftObserver,
  type DriftOptions,
  type DriftReport,
  type DriftRow,
} from './drift-report.ts';
