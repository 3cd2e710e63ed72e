import { createHash } from 'node:crypto';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readRecords } from '../../support/service/service-records.ts';
import type { Service } from '../../support/service/service.ts';
import { submitJob } from '../../support/service/service-jobs.ts';

const QUERY = 'packed before';
const DAY_MS = 86_400_000;

/** The addresses of a ready job. */
export interface PackedPage {
  /** The whole zip. */
  readonly whole: string;
  /** @returns the address of the zip of these images, by their numbers from 1 */
  readonly pick: (numbers: readonly number[]) => Promise<string>;
}

/** Gives a running service a ready job with the zip at `path`. */
export async function packedPage(service: Service, path: string): Promise<PackedPage> {
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString();
  const when = { date: tomorrow.slice(0, 10), time: tomorrow.slice(11, 16), timeZone: 'UTC' };
  const fields = { query: QUERY, count: 1, email: 'bench@example.org', ...when };
  const { links } = await submitJob(service, fields);
  const id = readRecords(service.dataDir, (records) => records.idOf(QUERY)) ?? '';
  await mkdir(join(service.dataDir, 'archives', id), { recursive: true });
  await cp(path, join(service.dataDir, 'archives', id, '1.zip'));
  const zip = await readFile(path);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  makeReady(service.dataDir, id, { name: `${id}/1.zip`, bytes: zip.length, sha256 });
  return {
    whole: `${links.self}/archive/x.zip`,
    async pick(numbers) {
      const response = await fetch(`${links.self}/pick`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify({ image: numbers }),
      });
      const { url }: { readonly url: string } = JSON.parse(await response.text());
      return url;
    },
  };
}

function makeReady(dataDir: string, id: string, archive: object): void {
  const db = new DatabaseSync(join(dataDir, 'image-job.sqlite'), { timeout: 2000 });
  try {
    const expiresAt = Date.now() + DAY_MS;
    db.prepare(
      `UPDATE job SET state = 'ready', archive = ?, delivered = 1, started_at = ?, finished_at = ?, expires_at = ?,
       ends_at = ?, version = version + 1 WHERE id = ?`,
    ).run(JSON.stringify(archive), Date.now(), Date.now(), expiresAt, expiresAt, id);
  } finally {
    db.close();
  }
}
