import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublicJob } from '../../../src/presenting/public-job.js';
import { aheadFields } from '../../support/records-before/recorded-jobs.js';
import {
  AHEAD_KEY,
  RECORDED_URL,
  type RecordedJob,
  type RecordedStore,
} from '../../support/records-before/recording.js';
import { type Restore, RestoredService } from '../../support/records-before/restored-service.js';
import { filesBelow } from '../../support/service/fault-world.js';
import { askForJob, hasEnded, recordIdOf, submitJob, untilJob } from '../../support/service/service-jobs.js';
import { until } from '../../support/until.js';
import { openZip } from '../../support/zip-contents.js';

const DAY_MS = 86_400_000;
const UNCHANGED = ['ahead', 'short', 'converted', 'extended', 'cancelled'] as const;
const READY = ['short', 'converted', 'extended'] as const;

/** The contract for records, files and links of the version before. */
export function describeRecordsBefore(name: RecordedStore, restore: Restore): void {
  describe('records of the version before', () => {
    let restored: RestoredService;
    beforeAll(async () => {
      restored = await RestoredService.start(name, restore);
    }, 120_000);
    afterAll(() => restored.close(), 60_000);

    const url = (path: string): string => `${restored.service.url}${path}`;
    const idOf = (job: RecordedJob): string => restored.recording.jobs[job].id;
    const ended = (job: RecordedJob): Promise<PublicJob> => untilJob(restored.service, idOf(job), hasEnded);
    const text = async (path: string): Promise<string> => {
      const response = await fetch(url(path));
      expect({ path, status: response.status }).toEqual({ path, status: 200 });
      return response.text();
    };
    const mailsOf = (job: RecordedJob): string[] =>
      readdirSync(join(restored.service.dataDir, 'mail'))
        .filter((file) => file.startsWith(recordIdOf(idOf(job))) && file.endsWith('.eml'))
        .map((file) => file.split('.')[1] ?? '')
        .toSorted();

    it.each(UNCHANGED)('describe the %s job as before', async (job) => {
      const { job: now } = await askForJob(restored.service, idOf(job));
      const worded = JSON.stringify(now).replaceAll(restored.service.url, RECORDED_URL);
      expect(JSON.parse(worded)).toMatchObject(restored.recording.jobs[job]);
      expect(await text(`/jobs/${idOf(job)}`)).toContain(now?.query);
    });

    it('describe the failed job with its cause', async () => {
      const { cause, engines, shortfall } = restored.recording.jobs.failed;
      const { job } = await askForJob(restored.service, idOf('failed'));
      expect(job).toMatchObject({ state: 'failed', shortfall, cause: { code: cause?.code } });
      expect(job?.engines).toMatchObject(engines.map(({ engine, end }) => ({ engine, end })));
      await text(`/jobs/${idOf('failed')}`);
    });

    it('let the killed job continue: it keeps its images and looks at no address twice', async () => {
      const { count } = restored.recording.jobs.running;
      expect(await ended('running')).toMatchObject({ state: 'ready', delivered: count });
      const urls = await restored.store.imageUrls(recordIdOf(idOf('running')));
      expect(urls).toHaveLength(new Set(urls).size);
      await until('the end is told', () => mailsOf('running').includes('end'));
      expect(mailsOf('running')).toEqual(['end', 'start']);
    });

    it('start the job that was due meanwhile, and mail nobody who refused it', async () => {
      expect(await ended('due')).toMatchObject({ state: 'ready', delivered: 2 });
      expect(mailsOf('due')).toEqual([]);
      expect(await text(`/never-mail/${restored.recording.neverMailToken}`)).toContain('undo');
    });

    it.each(READY)('open every link on the pages of the %s job', async (job) => {
      const { download } = restored.recording.jobs[job];
      const shared = new URL(download?.url ?? '').pathname.split('/').slice(0, 3).join('/');
      for (const path of [`/jobs/${idOf(job)}`, shared]) {
        const page = await text(path);
        const links = [...page.matchAll(/(?:href|src)="(\/[^"#]*)"/g)].map(([, link]) => link ?? '');
        expect(links.filter((link) => link.includes('/thumbs/')).length).toBeGreaterThan(0);
        for (const link of new Set(links)) await text(link.replaceAll('&amp;', '&'));
      }
    });

    it.each(READY)('deliver the zip of the %s job', async (job) => {
      const { download, delivered } = restored.recording.jobs[job];
      const response = await fetch(url(new URL(download?.url ?? '').pathname));
      const zip = Buffer.from(await response.arrayBuffer());
      expect(createHash('sha256').update(zip).digest('hex')).toBe(download?.sha256);
      const file = join(restored.service.tempDir, `${job}.zip`);
      await writeFile(file, zip);
      const images = (await openZip(file)).filter(({ name: entry }) =>
        /^\d{3}-|\.(?:jpe?g|png|webp)$/.test(entry),
      );
      expect(images).toHaveLength(delivered);
    });

    it('open the retry link with the request filled in', async () => {
      expect(await text(`/again/${restored.recording.retryToken}`)).toContain(
        'value="failed commons:captcha"',
      );
    });

    it('take a repeated submission for the same job', async () => {
      const { dueAt } = restored.recording.jobs.ahead;
      const headers = { 'Idempotency-Key': AHEAD_KEY };
      const again = await submitJob(restored.service, aheadFields(dueAt), headers);
      expect(again.id).toBe(idOf('ahead'));
    });

    it('can be asked for again', async () => {
      const response = await fetch(url(`/jobs/${idOf('short')}/retry`), {
        method: 'POST',
        headers: { Accept: 'application/json' },
      });
      const { id } = (await response.json()) as PublicJob;
      expect(id).not.toBe(idOf('short'));
      const { delivered } = restored.recording.jobs.short;
      expect(await untilJob(restored.service, id, hasEnded)).toMatchObject({ state: 'ready', delivered });
    });

    it('are deleted with their files when they expire; the job far ahead stays', async () => {
      await Promise.all([ended('running'), ended('due')]);
      await restored.moveClock(3 * DAY_MS);
      const { ahead, ...expiring } = restored.recording.jobs;
      for (const { id } of Object.values(expiring)) {
        await until('the rows are gone', async () => (await restored.store.rowsOf(recordIdOf(id))) === 0);
        expect(await askForJob(restored.service, id)).toEqual({ status: 410, job: null });
      }
      const files = await filesBelow(restored.service.dataDir);
      expect(
        files.filter((file) => /[\da-f]{32}/.test(file) && !file.includes(recordIdOf(ahead.id))),
      ).toEqual([]);
      expect((await askForJob(restored.service, ahead.id)).job).toMatchObject({ state: 'scheduled' });
    });
  });
}
