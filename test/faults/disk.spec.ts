import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FaultWorld } from '../support/service/fault-world.ts';
import {
  hasEnded,
  type JobFields,
  recordIdOf,
  submitJob,
  untilJob,
} from '../support/service/service-jobs.ts';
import { Service } from '../support/service/service.ts';
import { coverReadOnly, SmallDisk, uncover } from '../support/service/small-disk.ts';
import { until } from '../support/until.ts';

const DISK_MB = 12;
const INODES = 400;
const whyNot = SmallDisk.whyNot();

const cannot = whyNot === null ? '' : ` (not run: no file system can be mounted: ${whyNot})`;

(whyNot === null ? describe : describe.skip)(`a full or read-only disk${cannot}`, () => {
  let disk: SmallDisk;
  let world: FaultWorld;
  beforeAll(async () => {
    disk = SmallDisk.mount(DISK_MB, INODES);
    const web = { imageBytes: [90_000, 110_000], ceiling: 200 } as const;
    world = await FaultWorld.open({}, web, { dataDir: disk.path });
  }, 180_000);
  afterEach(async () => {
    await disk.makeRoom();
  });
  afterAll(async () => {
    await world.close();
    disk.unmount();
  });

  const errorMail = (fields: JobFields) =>
    until('the error is told', () => world.mail.of(fields.email).find(({ slot }) => slot === 'error'));
  const isUp = async (): Promise<boolean> => (await fetch(`${world.service.url}/healthz`)).ok;

  /** Runs a job that must succeed. @returns its state, or a message if the process is another one */
  async function nextJob(): Promise<string> {
    const { pid } = world.service;
    const { id } = await submitJob(world.service, world.newJob(3));
    const { state } = await untilJob(world.service, id, hasEnded);
    return pid === world.service.pid && world.service.isRunning ? state : 'the process is another one';
  }

  it('filled by the job itself: the error notice names the cause, and the files of the job are deleted', async () => {
    // 100 images of 100 KB need 10 MB, and the same again for the zip.
    const fields = world.newJob(110);
    const { id } = await submitJob(world.service, fields);
    expect(await untilJob(world.service, id, hasEnded)).toMatchObject({
      state: 'failed',
      cause: { code: 'disk.full' },
    });
    expect((await errorMail(fields)).text).toMatch(/no space left/i);
    expect((await world.files()).filter((path) => path.includes(recordIdOf(id)))).toEqual([]);
    expect(await nextJob()).toBe('ready');
  }, 180_000);

  it('filled by something else during a job: the service stays up and reports the cause once there is space', async () => {
    const fields = world.newJob(30);
    const from = world.replica.requests.length;
    const { id } = await submitJob(world.service, fields);
    const isDownloading = (): boolean =>
      world.replica.requests.slice(from).filter(({ kind }) => kind === 'image').length > 3;
    await until('downloads begin', isDownloading, 60_000, 1);
    await disk.fillUp(0);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await isUp()).toBe(true);
    await disk.makeRoom();
    const job = await untilJob(world.service, id, hasEnded);
    // Steps that could not be recorded are repeated; a recorded failure is reported.
    if (job.state === 'failed') expect((await errorMail(fields)).text).toMatch(/no space left/i);
    else expect(job).toMatchObject({ state: 'ready', delivered: 30 });
    expect(await nextJob()).toBe('ready');
  }, 180_000);

  it('without inodes: the error notice names the cause, and the next job succeeds', async () => {
    await disk.useUpInodes(0);
    const fields = world.newJob(5);
    const { id } = await submitJob(world.service, fields);
    expect(await untilJob(world.service, id, hasEnded)).toMatchObject({
      state: 'failed',
      cause: { code: 'disk.full' },
    });
    expect((await errorMail(fields)).text).toMatch(/no space left/i);
    await disk.makeRoom();
    expect(await nextJob()).toBe('ready');
  }, 180_000);

  it.each(['work', 'archives'])(
    'with a read-only DATA_DIR/%s: the error notice names the cause, and the next job succeeds',
    async (name) => {
      const folder = join(world.service.dataDir, name);
      const fields = world.newJob(4);
      coverReadOnly(folder);
      try {
        const { id } = await submitJob(world.service, fields);
        expect(await untilJob(world.service, id, hasEnded)).toMatchObject({
          state: 'failed',
          cause: { code: 'disk.not_writable' },
        });
        expect((await errorMail(fields)).text).toMatch(/could not write to its disk/i);
        expect(await isUp()).toBe(true);
      } finally {
        uncover(folder);
      }
      expect(await nextJob()).toBe('ready');
    },
    180_000,
  );

  it('with a read-only DATA_DIR: the service does not start, and names the setting to change', async () => {
    const service = await Service.prepare();
    mkdirSync(service.dataDir);
    coverReadOnly(service.dataDir);
    try {
      service.launch();
      expect(await service.ended).toEqual({ code: 1, signal: null });
      expect(service.output).toMatch(/DATA_DIR/);
      expect(service.output).not.toMatch(/^ {4}at /m);
    } finally {
      uncover(service.dataDir);
      await service.remove();
    }
  }, 180_000);
});
