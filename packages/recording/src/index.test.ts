import { expect, it } from 'vitest';
import * as recording from './index.ts';

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(recording).toSorted()).toEqual([
    'MANIFEST_NAME',
    'Pacer',
    'RecordingError',
    'createJournalWriter',
    'formatPlace',
    'formatSha256Sums',
    'isRecordingError',
    'linuxProcessTable',
    'nodeFileSystem',
    'planRetention',
    'readFrames',
    'readIncident',
    'readJournal',
    'readManifest',
    'replay',
    'signalProcessTable',
    'verdictExitCode',
    'verify',
    'writeIncident',
    'writeVerifySummary',
  ]);
});

it('knows its errors by name', () => {
  const error = new recording.RecordingError('LOCKED', 'locked', { path: 'x' });
  expect(recording.isRecordingError(error)).toBe(true);
  expect(recording.isRecordingError(error, 'LOCKED')).toBe(true);
  expect(recording.isRecordingError(error, 'CLOSED')).toBe(false);
  const copy = Object.assign(new Error('locked'), { name: 'RecordingError', code: 'LOCKED' });
  expect(recording.isRecordingError(copy, 'LOCKED')).toBe(true);
  expect(recording.isRecordingError(new Error('other'))).toBe(false);
});
