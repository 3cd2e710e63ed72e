import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PublicJob } from '../../../src/presenting/public-job.ts';

/** The stores with a recording, each in a folder of this name. */
export type RecordedStore = 'sqlite' | 'cassandra';

/** A stored row by column; instants are milliseconds. */
export type StoredRow = Readonly<Record<string, string | number | boolean | null>>;

/** The recorded jobs, one of every kind. */
export type RecordedJob =
  'ahead' | 'due' | 'running' | 'short' | 'converted' | 'extended' | 'failed' | 'cancelled';

/** The records of a killed service of the version before; its files are in `files/` beside them. */
export interface Recording {
  /** Time of the kill. */
  readonly recordedAt: number;
  /** Addresses of the image web at that time. */
  readonly imageOrigins: readonly string[];
  /** The jobs as that version described them. */
  readonly jobs: Readonly<Record<RecordedJob, PublicJob>>;
  /** Token of the retry link in the mail about the failed job. */
  readonly retryToken: string;
  /** Token of the link by which `NEVER_MAILED` refused all mail. */
  readonly neverMailToken: string;
  /** Statements that make the tables of that version. */
  readonly schema: readonly string[];
  readonly schemaVersion: number;
  readonly rows: Readonly<Record<string, readonly StoredRow[]>>;
}

/** The address that refused all mail. */
export const NEVER_MAILED = 'nobody@example.org';
/** Stands for the address of the service in the recorded jobs. */
export const RECORDED_URL = 'http://images.example.org';
/** The idempotency key with which the job `ahead` was submitted. */
export const AHEAD_KEY = 'ahead-1';

/** The folder of a recording. */
export function recordingFolder(store: RecordedStore): string {
  return fileURLToPath(new URL(`./${store}/`, import.meta.url));
}

/** Reads the recording of a store. */
export function readRecording(store: RecordedStore): Recording {
  return JSON.parse(readFileSync(`${recordingFolder(store)}records.json`, 'utf8'));
}

/**
 * The recorded rows as if the images had been found at `origins`. The hash of an image's address is its key, so
 * it changes too.
 */
export function rowsAt(
  { rows, imageOrigins }: Recording,
  origins: readonly string[],
): Readonly<Record<string, readonly StoredRow[]>> {
  const moved: Recording['rows'] = JSON.parse(
    imageOrigins.reduce(
      (text, origin, index) => text.replaceAll(`${origin}/`, `${origins[index]}/`),
      JSON.stringify(rows),
    ),
  );
  const image = (moved['image'] ?? []).map((row) => ({ ...row, url_hash: hashIn(row) }));
  return { ...moved, image };
}

/** The key of an image row, as the version before made it from the candidate. */
export function hashIn({ candidate }: StoredRow): string {
  const { imageUrl, engine, sourceId } = JSON.parse(String(candidate));
  return createHash('sha256')
    .update(imageUrl ?? `${engine}\n${sourceId}`)
    .digest('hex')
    .slice(0, 32);
}
