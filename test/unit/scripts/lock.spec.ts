import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../../../scripts/setup/lock.mjs';

describe('the lock of the set-up', () => {
  let folder: string;
  let path: string;
  const say = (): void => {};
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'image-job-lock-'));
    path = join(folder, 'deep', 'set-up.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('makes several processes wait and never lets two in at once', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(setImmediate);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(path, work, { say })));
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('is released if the work fails', async () => {
    await expect(withLock(path, () => Promise.reject(new Error('no disk')), { say })).rejects.toThrow(
      'no disk',
    );
    await expect(withLock(path, async () => 'next', { say })).resolves.toBe('next');
  });

  it('is taken from a holder that was killed', async () => {
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    await withLock(path, async () => {}, { say });
    writeFileSync(path, holder({ pid: dead.pid ?? 0 }));
    await expect(withLock(path, async () => 'done', { say, waitMs: 0 })).resolves.toBe('done');
  });

  it('is taken from a holder whose pid belongs to another process now', async () => {
    await withLock(path, async () => {}, { say });
    writeFileSync(path, holder({ pid: process.pid, startedAt: '1' }));
    await expect(withLock(path, async () => 'done', { say, waitMs: 0 })).resolves.toBe('done');
  });

  it('names the living holder after waiting in vain', async () => {
    const said: string[] = [];
    const outlived = Promise.withResolvers<void>();
    const inside = withLock(path, () => outlived.promise, { say });
    const waiting = withLock(path, async () => {}, { say: (line) => said.push(line), waitMs: 1 });
    await expect(waiting).rejects.toThrow(`kill ${process.pid}`);
    expect(said).toEqual([expect.stringContaining(`process ${process.pid}`)]);
    outlived.resolve();
    await inside;
  });

  it('gives advice if its folder cannot be created', async () => {
    writeFileSync(join(folder, 'file'), '');
    const blocked = withLock(join(folder, 'file', 'set-up.lock'), async () => {}, { say });
    await expect(blocked).rejects.toThrow(/cannot be written[^]*make the project folder writable/);
  });

  function holder(part: { pid: number; startedAt?: string }): string {
    return JSON.stringify({ token: 'dead', host: hostname(), startedAt: '', ...part });
  }
});
