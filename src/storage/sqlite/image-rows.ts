import type { ImageRecord } from '../../jobs/image-record.js';
import type { JobId } from '../../jobs/job.js';
import { candidateText, storedCandidate } from '../stored-candidate.js';
import { sqliteJson, sqliteNumber, sqliteText } from './columns.js';
import type { SqliteDatabase, SqliteRow } from './sqlite-database.js';

/** Writes image records, replacing those with the same hash; nothing if the job is gone. */
export function writeImages(db: SqliteDatabase, id: JobId, images: readonly ImageRecord[]): void {
  if (images.length === 0) return;
  db.transaction(() => {
    if (db.first('SELECT 1 FROM job WHERE id = ?', id) === null) return;
    insertImages(db, id, images);
  });
}

/** Writes image records of a job that exists, within a transaction. */
export function insertImages(db: SqliteDatabase, id: JobId, images: readonly ImageRecord[]): void {
  for (const image of images) writeImage(db, id, image);
}

/** @returns all image records of a job, by position */
export function readImages(db: SqliteDatabase, id: JobId): ImageRecord[] {
  return db.all('SELECT * FROM image WHERE job_id = ? ORDER BY position, url_hash', id).map(toImage);
}

function writeImage(db: SqliteDatabase, id: JobId, image: ImageRecord): void {
  db.run(
    'INSERT OR REPLACE INTO image (job_id, url_hash, position, candidate, outcome) VALUES (?, ?, ?, ?, ?)',
    id,
    image.urlHash,
    image.position,
    candidateText(image.candidate),
    JSON.stringify(image.outcome),
  );
}

function toImage(row: SqliteRow): ImageRecord {
  return {
    urlHash: sqliteText(row, 'url_hash'),
    position: sqliteNumber(row, 'position'),
    candidate: storedCandidate(sqliteJson(row, 'candidate')),
    outcome: sqliteJson(row, 'outcome'),
  };
}
