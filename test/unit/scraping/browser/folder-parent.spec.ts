import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fittingParents,
  folderParents,
  parentFor,
  socketPathIn,
} from '../../../../src/scraping/browser/folder-parent.js';

/** The longest path of a socket on Linux. */
const LONGEST = 107;

/** Folder names of all kinds of processes: first and last pid, just started and up for ten years. */
const NAMES = [
  'image-job-browser-0-1-1-XXXXXX',
  'image-job-browser-0-8873-45567-Ujxkod',
  'image-job-browser-0-4194304-31536000000-XXXXXX',
  'image-job-browser-268435459-4194304-31536000000-XXXXXX',
];

/** A TMPDIR of the given length. */
const tmpdirOf = (length: number): string => `/${'t'.repeat(length - 1)}`;
const lengths = Array.from({ length: 60 }, (_, index) => index + 1);

describe.each(NAMES)('the place of a folder called %s', (name) => {
  it.each(lengths)('leaves room for the path of the socket with a TMPDIR of %d characters', (length) => {
    const wanted = tmpdirOf(length);
    const [parent = ''] = fittingParents(folderParents(wanted), name);
    expect(socketPathIn(join(parent, name)).length).toBeLessThanOrEqual(LONGEST);
    // If it fits, it is the operator's own choice.
    const fits = socketPathIn(join(wanted, name)).length <= LONGEST;
    expect(parent === wanted).toBe(fits);
  });
});

describe('the place of a folder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'parent-'));
    await chmod(root, 0o755);
  });
  afterEach(() => rm(root, { recursive: true }));

  const folder = async (name: string, mode = 0o755): Promise<string> => {
    const path = join(root, name);
    await mkdir(path);
    await chmod(path, mode);
    return path;
  };

  it('is counted in bytes', () => {
    const wanted = `/${'ü'.repeat(30)}`;
    expect(fittingParents([wanted, '/tmp'], 'image-job-browser-0-1-1-XXXXXX')).toEqual(['/tmp']);
  });

  it('is absolute even if TMPDIR is not', () => {
    expect(folderParents('t')[0]).toBe(join(process.cwd(), 't'));
  });

  it('is the first usable one', async () => {
    const [gone, first, second] = [join(root, 'gone'), await folder('first'), await folder('second')];
    await expect(parentFor('name', false, [gone, first, second])).resolves.toBe(first);
  });

  it('is accessible to the user who runs Chrome', async () => {
    const [closed, open] = [await folder('closed', 0o700), await folder('open')];
    await expect(parentFor('name', true, [closed, open])).resolves.toBe(open);
    await expect(parentFor('name', false, [closed, open])).resolves.toBe(closed);
  });

  it('must be set by the operator if there is none', async () => {
    const parents = [join(root, 'gone'), tmpdirOf(100)];
    await expect(parentFor('name', false, parents)).rejects.toMatchObject({
      code: 'browser.missing',
      context: { setting: 'TMPDIR', problem: expect.stringContaining(parents.join(', ')) },
    });
  });
});
