import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startReplica, type Replica } from '../replica/replica.ts';
import { describeWith } from '../support/service/installed.ts';
import { TerminalReplica } from '../support/terminal-replica.ts';
import { imagesInZip } from '../support/zip-contents.ts';
import type { PublicJob } from '../../src/presenting/public-job.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COUNT = 6;
/** Two engines fail in different ways before the third delivers. */
const FAILING = 'heron scenario:captcha bing:changed-layout';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('npm run images', () => {
  let replica: Replica;
  /** A folder below the project, since npm changes to the project's folder. */
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.cache', 'terminal-'));
    replica = await startReplica({ web: 'clean', imageBytes: [3000, 12_000], latencyMs: [5, 40] });
    env = {
      ...process.env,
      CI: '',
      TERM: 'xterm',
      TZ: 'Asia/Tokyo',
      DATA_DIR: join(folder, 'data'),
      SMTP_URL: '',
      ENGINES: 'google,bing,duckduckgo',
      ...replica.settings,
    };
  });
  afterAll(async () => {
    await replica.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (command: string, args: readonly string[], records = 'data'): ChildProcess =>
    spawn(command, args, {
      cwd: folder,
      env: { ...env, DATA_DIR: join(folder, records) },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  const ended = async (child: ChildProcess): Promise<Ended> => {
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('there is no output');
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [out, err] = await Promise.all([text(stdout), text(stderr)]);
    return { code: await code, stdout: out, stderr: err };
  };
  const images = (...words: readonly string[]): Promise<Ended> =>
    ended(start('npm', ['run', '-s', 'images', '--', ...words, '--count', String(COUNT)]));

  it('writes the zip to the current folder, prints only its path, and overwrites nothing unasked', async () => {
    const first = await images('heron', '--out', 'heron.zip');
    expect(first).toMatchObject({ code: 0, stdout: `${join(folder, 'heron.zip')}\n` });
    expect(first.stderr).not.toContain('\u001B');
    expect(await imagesInZip(join(folder, 'heron.zip'))).toHaveLength(COUNT);
    const { mtimeMs } = statSync(join(folder, 'heron.zip'));
    const second = await images('heron', '--out', 'heron.zip');
    expect(second).toMatchObject({ code: 2, stdout: '' });
    expect(second.stderr).toMatch(/^--out: .+heron\.zip is there already\..+\n$/);
    expect(statSync(join(folder, 'heron.zip')).mtimeMs).toBe(mtimeMs);
  });

  it('prints the job like the HTTP API for programs, with the path of the zip, in the zone of the person', async () => {
    const { code, stdout, stderr } = await images('grey heron', '--json', '--quiet');
    const job = JSON.parse(stdout) as PublicJob & { readonly path: string };
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(job).toMatchObject({
      state: 'ready',
      delivered: COUNT,
      timeZone: 'Asia/Tokyo',
      path: join(folder, 'grey-heron.zip'),
      download: { sha256: expect.any(String) },
      engines: [{ engine: 'google' }],
    });
    expect(existsSync(job.path)).toBe(true);
  });

  it('says what is wrong with a request as JSON too', async () => {
    const { code, stdout } = await images('heron', '--json', '--min-width', 'wide');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ field: 'minWidth', code: expect.any(String) }] });
  });

  it('ends without a stack trace if nobody reads its output', async () => {
    const pipe = `npm run -s images -- "night heron" --count ${COUNT} --out - 2>err.txt | head -c 0; cat err.txt >&2`;
    const { stderr } = await ended(start('bash', ['-c', pipe]));
    expect(stderr).toContain('could not be delivered: nothing can be written to standard output');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  describeWith('script', () => {
    it.each([40, 80])('keeps log and progress apart in %i columns while engines fail', async (columns) => {
      const words = `"${FAILING} results:${COUNT * 4}" --count ${COUNT} --out wide-${columns}.zip`;
      const command = `stty cols ${columns} && npm run -s images -- ${words}`;
      // Uses separate records, since a failed engine rests for a while.
      const child = start('script', ['-qefc', command, '/dev/null'], `data-${columns}`);
      const { code, stdout } = await ended(child);
      expect(code).toBe(0);
      const whole = new TerminalReplica(0).write(stdout).lines;
      const log = whole.filter((line) => line.includes('warn: '));
      expect(log.length).toBeGreaterThan(2);
      expect(log.filter((line) => !/^warn: [^[\]]+$/.test(line))).toEqual([]);
      const seen = new TerminalReplica(columns).write(stdout).lines;
      expect(seen.filter((line) => /^(?:scheduled|searching|downloading|zipping)/.test(line))).toEqual([]);
      expect(seen.length).toBeGreaterThan(whole.length - 1);
      expect(stdout).toContain(`${COUNT}/${COUNT}`);
      expect(whole.at(-1)).toBe(join(folder, `wide-${columns}.zip`));
    });

    it('prints one line when it is interrupted, and exits with 130', async () => {
      const command = 'stty cols 200 && exec npm run -s images -- heron --count 400 --out stopped.zip';
      const child = start('script', ['-qefc', command, '/dev/null'], 'data-stop');
      const all = ended(child);
      // Sends Ctrl-C through the terminal, like the key.
      child.stdout?.on('data', function press(chunk: Buffer) {
        if (!String(chunk).includes('searching')) return;
        child.stdout?.off('data', press);
        child.stdin?.write('\u0003');
      });
      const { code, stdout } = await all;
      expect(code).toBe(130);
      expect(new TerminalReplica(200).write(stdout.replaceAll('^C', '')).lines).toEqual(['Cancelled.']);
      expect(readdirSync(folder)).not.toContain('stopped.zip');
    });
  });
});
