import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../jobs/clock.port.js';
import type { JobId } from '../../../jobs/job.js';
import type { CassandraSession } from '../cassandra-session.js';
import { requiredCassandraInstant, cassandraText } from '../columns.js';
import type { Hint, Hints } from '../hints/hints.js';
import { hintsOf, noticeHints } from '../hints/job-hints.js';
import { type JobRow, SELECT_JOB, toJobRow } from './job-row.js';
import { markDeletedStatement } from './job-statements.js';
import { SELECT_NOTICES } from './notice-rows.js';
import { secondsUntil } from '../time-to-live.js';
import { AGAIN, retryContended } from '../retry-contended.js';

const DELETE_DEADLINE_MS = 20_000;
/** Covers running writes of images, and nodes whose clocks are ahead. */
const IMAGE_MARGIN_MICROS = 86_400_000_000n;

/**
 * Deletes jobs: a conditional write empties the job and leaves a mark, then plain deletes remove the rows. A
 * whole partition cannot be deleted conditionally, and a plain delete has no effect on columns with a later
 * time, so each delete has the time of the mark, which the server gave.
 */
export class Deletion {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
    private readonly hints: Hints,
  ) {}

  /** Deletes every record of a job, or the rest of an interrupted deletion. */
  async delete(id: JobId): Promise<void> {
    let hints: Hint[] = [];
    await retryContended(this.clock, DELETE_DEADLINE_MS, async () => {
      const found = await this.session.first(SELECT_JOB, id);
      const seen = found === null ? null : toJobRow(id, found);
      // Another deletion was faster and dropped the same hints.
      if (seen === null) return null;
      if (seen.job === null) {
        await this.complete(id, seen);
        await this.hints.drop(hints, seen.versionAt);
        return null;
      }
      hints = [...hintsOf(seen.job), ...(await this.noticeHints(id))];
      const ttl = secondsUntil(this.clock, seen.purgeAt);
      await this.session.compareAndSet(markDeletedStatement(id, seen, randomUUID(), ttl));
      return AGAIN;
    });
  }

  /** Removes the rows of a marked job; the mark goes last. */
  async complete(id: JobId, marked: JobRow): Promise<void> {
    await this.session.write(
      'DELETE FROM ks.image USING TIMESTAMP ? WHERE job_id = ? AND incarnation = ?',
      marked.versionAt + IMAGE_MARGIN_MICROS,
      id,
      marked.incarnation,
    );
    await this.session.write('DELETE FROM ks.job USING TIMESTAMP ? WHERE job_id = ?', marked.versionAt, id);
  }

  private async noticeHints(id: JobId): Promise<Hint[]> {
    const rows = (await this.session.read(SELECT_NOTICES, id)).filter(
      (row) => cassandraText(row, 'slot') !== null,
    );
    return noticeHints(
      rows.map((row) => ({ jobId: id, notBefore: requiredCassandraInstant(row, 'not_before') })),
    );
  }
}
