import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFor } from '../../../scripts/demo/replica.mjs';
import { aptReason, distribution } from '../../../scripts/setup/apt.mjs';
import { fingerprint } from '../../../scripts/setup/build.mjs';
import { SetUpFailure, describeFailure } from '../../../scripts/setup/failure.mjs';
import { browserCandidates, readEnvFile } from '../../../scripts/setup/find-browser.mjs';
import { setUp } from '../../../scripts/setup/set-up.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'image-job-set-up-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the set-up', () => {
  const say = (): void => {};
  const step = (name: string, isReady: () => boolean, done: string[]) => ({
    name,
    isReady,
    install: async () => void done.push(name),
  });

  it('writes nothing, not even a lock, if all steps are ready', async () => {
    const done: string[] = [];
    await setUp([step('a', () => true, done)], { root, say });
    expect(done).toEqual([]);
    expect(existsSync(join(root, '.cache'))).toBe(false);
  });

  it('installs only missing steps, in order', async () => {
    const done: string[] = [];
    const steps = [step('a', () => false, done), step('b', () => true, done), step('c', () => false, done)];
    await setUp(steps, { root, say });
    expect(done).toEqual(['a', 'c']);
  });

  it('installs once if two start at the same time', async () => {
    const done: string[] = [];
    const slow = {
      name: 'slow',
      isReady: () => done.length > 0,
      install: async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        done.push('slow');
      },
    };
    await Promise.all([setUp([slow], { root, say }), setUp([slow], { root, say })]);
    expect(done).toEqual(['slow']);
  });

  it('stops at the first step that fails and says what, why and what helps', async () => {
    const done: string[] = [];
    const failing = {
      name: 'a',
      isReady: () => false,
      install: async () =>
        Promise.reject(new SetUpFailure('Chrome', 'no network', 'apt-get install chromium')),
    };
    const whole = setUp([failing, step('b', () => false, done)], { root, say });
    const error: unknown = await whole.catch((reason: unknown) => reason);
    expect(describeFailure(error)).toMatch(
      /Chrome cannot be set up\.\n.*no network\n.*apt-get install chromium/,
    );
    expect(done).toEqual([]);
  });
});

describe('the build', () => {
  beforeEach(() => {
    mkdirSync(join(root, 'src/web'), { recursive: true });
    writeFileSync(join(root, 'src/web/page.ts'), 'one');
  });

  it('has the same fingerprint as long as names and contents are the same', () => {
    const before = fingerprint(root);
    writeFileSync(join(root, 'src/web/page.ts'), 'one');
    expect(fingerprint(root)).toBe(before);
  });

  it.each([
    ['a changed file', 'src/web/page.ts', 'two'],
    ['a new file', 'src/web/new.ts', ''],
    ['a changed compiler setting', 'tsconfig.json', '{}'],
  ])('gets another fingerprint after %s', (_what, file, text) => {
    const before = fingerprint(root);
    writeFileSync(join(root, file), text);
    expect(fingerprint(root)).not.toBe(before);
  });
});

describe('the browser', () => {
  const binary = (name: string): string => {
    writeFileSync(join(root, name), '', { mode: 0o755 });
    return join(root, name);
  };

  it('is the one in the settings, and no other', () => {
    const [browser, driver] = [binary('my-chrome'), binary('my-driver')];
    const env = { PATH: root, BROWSER_PATH: browser, DRIVER_PATH: driver };
    expect(browserCandidates(root, env)).toEqual([{ browser, driver }]);
  });

  it('may be set in .env', () => {
    const [browser, driver] = [binary('my-chrome'), binary('my-driver')];
    writeFileSync(join(root, '.env'), `BROWSER_PATH="${browser}"\nDRIVER_PATH=${driver} # mine\n`);
    expect(browserCandidates(root, {})).toEqual([{ browser, driver }]);
  });

  it('is found on the PATH with its driver', () => {
    const [browser, driver] = [binary('google-chrome'), binary('chromedriver')];
    expect(browserCandidates(root, { PATH: root })).toContainEqual({ browser, driver });
  });

  it('is missing if the file in the settings is not executable', () => {
    writeFileSync(join(root, 'text'), '', { mode: 0o644 });
    expect(browserCandidates(root, { BROWSER_PATH: join(root, 'text') })).toEqual([]);
  });
});

describe('a .env file', () => {
  it('is read with quotes, comments, export and empty values', () => {
    writeFileSync(join(root, '.env'), "# c\nexport A=1\nB='two words'\nC=\nD=x # why\n");
    expect(readEnvFile(join(root, '.env'))).toEqual({ A: '1', B: 'two words', D: 'x' });
  });

  it('may have a byte order mark and Windows line ends', () => {
    writeFileSync(join(root, '.env'), '\uFEFFA=1\r\nB=2\r\n');
    expect(readEnvFile(join(root, '.env'))).toEqual({ A: '1', B: '2' });
  });

  it('is ignored if unreadable, because the product reports that', () => {
    mkdirSync(join(root, '.env'));
    expect(readEnvFile(join(root, '.env'))).toEqual({});
  });
});

describe('apt', () => {
  it.each([
    ['ID=debian\n', true],
    ['ID=raspbian\nID_LIKE=debian\n', true],
    ['ID=ubuntu\nID_LIKE=debian\n', false],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', false],
    ['ID=fedora\n', false],
    ['', false],
  ])('has a usable Chromium on %j: %s', (osRelease, expected) => {
    expect(distribution(osRelease).isDebian).toBe(expected);
  });

  it.each([
    ['E: Could not get lock /var/lib/dpkg/lock-frontend', 'another program'],
    [
      "W: Temporary failure resolving 'deb.debian.org'\nE: Unable to locate package chromium",
      'cannot be reached',
    ],
    ['E: Unable to locate package chromium', 'do not offer'],
    ["E: You don't have enough free space in /var/cache/apt/archives/.", 'disk is full'],
  ])('has its error %j explained in plain words', (output, words) => {
    expect(aptReason(output)).toContain(words);
  });
});

describe('the demo', () => {
  it('makes the product use the replica and reach only its hosts', () => {
    const line = JSON.stringify({
      googleUrl: 'http://127.0.0.1:1',
      allowPrivateHosts: ['127.0.0.1:1', '127.0.0.2:2'],
    });
    expect(settingsFor(line)).toEqual({
      GOOGLE_URL: 'http://127.0.0.1:1',
      ALLOW_PRIVATE_HOSTS: '127.0.0.1:1,127.0.0.2:2',
    });
  });
});
