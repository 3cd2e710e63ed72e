import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptMailTransport } from '../../../src/notifications/mail/kept.mail-transport.js';
import { MailFolder } from '../../../src/notifications/mail/mail-folder.js';
import type { RawMail } from '../../../src/notifications/mail/mail-transport.port.js';
import { idOf } from '../../support/sample-jobs.js';

const mailOf = (job: string, slot: RawMail['slot'], to = 'ann@example.org'): RawMail => ({
  jobId: idOf(job),
  slot,
  from: 'image-job@localhost',
  to,
  bytes: Buffer.from(`Subject: ${job} ${slot}\r\n\r\n`),
});

describe('MailFolder', () => {
  let root: string;
  let folder: MailFolder;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'image-job-mail-'));
    folder = new MailFolder(join(root, 'mail'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const jobs = async () => {
    const ids: string[] = [];
    for await (const id of folder.jobs()) ids.push(id);
    return ids.toSorted();
  };

  it('is empty before anything is kept', async () => {
    expect(await folder.list()).toEqual([]);
    expect(await jobs()).toEqual([]);
    await expect(folder.deleteAll(idOf('a'))).resolves.toBeUndefined();
  });

  it('keeps each mail as a file named by its job and slot', async () => {
    await folder.keep(mailOf('a', 'start'));
    await folder.keep(mailOf('a', 'end'));
    const [newest, first] = await folder.list();
    expect([newest?.jobId, first?.jobId]).toEqual([idOf('a'), idOf('a')]);
    expect([newest?.slot, first?.slot].toSorted()).toEqual(['end', 'start']);
    expect((await folder.read(first?.name ?? ''))?.toString()).toMatch(/^Subject: a /);
  });

  it('keeps one file for one notice, and one for each recipient', async () => {
    await folder.keep(mailOf('a', 'end'));
    await folder.keep(mailOf('a', 'end'));
    await folder.keep(mailOf('a', 'end', 'bob@example.org'));
    expect(await folder.list()).toHaveLength(2);
  });

  it('makes the files readable by its user only', async () => {
    await folder.keep(mailOf('a', 'end'));
    const [name = ''] = await readdir(folder.folder);
    expect((await stat(join(folder.folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder.folder)).mode & 0o777).toBe(0o700);
    expect(name).not.toContain('ann');
  });

  it('deletes the mails of only one job, including unfinished ones', async () => {
    await folder.keep(mailOf('a', 'start'));
    await folder.keep(mailOf('b', 'start'));
    await writeFile(join(folder.folder, `${idOf('a')}.end.0123456789abcdef.eml.123.part`), '');
    expect(await jobs()).toEqual([idOf('a'), idOf('b')].toSorted());
    await folder.deleteAll(idOf('a'));
    expect(await jobs()).toEqual([idOf('b')]);
    expect(await readdir(folder.folder)).toHaveLength(1);
  });

  it.each(['../secret', 'secret', `${idOf('a')}.end.eml`, `${idOf('a')}/x`, ''])(
    'reads nothing named %j',
    async (name) => {
      await writeFile(join(root, 'secret'), 'secret');
      expect(await folder.read(name)).toBeNull();
    },
  );

  it('keeps no mail that must not leave', async () => {
    const transport = new KeptMailTransport(folder);
    expect(await transport.send(mailOf('a', 'end'), 1, async () => false)).toEqual({ status: 'kept_back' });
    expect(await folder.list()).toEqual([]);
  });

  it('puts a mail off if the disk is full', async () => {
    await writeFile(join(root, 'taken'), '');
    const transport = new KeptMailTransport(new MailFolder(join(root, 'taken', 'mail')));
    expect(await transport.send(mailOf('a', 'end'), 1, async () => true)).toMatchObject({
      status: 'put_off',
      detail: 'disk.not_writable',
    });
    await expect(transport.ping()).rejects.toMatchObject({ code: 'disk.not_writable' });
  });
});
