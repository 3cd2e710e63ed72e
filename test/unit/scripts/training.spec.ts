import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingPython } from '../../../scripts/setup/training.mjs';

const REQUIREMENTS = 'scripts/setup/training/requirements.txt';

describe('the environment with the datasets library', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'image-job-training-'));
    folder = join(root, '.cache', 'training');
    await mkdir(join(folder, 'bin'), { recursive: true });
    await writeFile(join(folder, 'bin', 'python'), '');
    await chmod(join(folder, 'bin', 'python'), 0o755);
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is ready once all wanted versions are installed', async () => {
    await copyFile(REQUIREMENTS, join(folder, 'installed.txt'));
    expect(trainingPython(root)).toBe(join(folder, 'bin', 'python'));
  });

  it('is not ready after an interrupted install, or with other versions', async () => {
    expect(trainingPython(root)).toBeNull();
    await writeFile(join(folder, 'installed.txt'), 'datasets==1.0.0\n');
    expect(trainingPython(root)).toBeNull();
  });
});
