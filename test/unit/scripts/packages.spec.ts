import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingEntries } from '../../../scripts/setup/lockfile.mjs';
import { arePackagesInstalled, npmEnvironment, reasonOf } from '../../../scripts/setup/packages.mjs';
import { isNewEnough, linkPackagedNode } from '../../../scripts/setup/runtime.mjs';

const machine = { platform: 'linux', arch: 'x64', libc: 'glibc' } as const;

describe('the packages', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'image-job-packages-'));
    mkdirSync(join(root, 'node_modules'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const lock = (file: string, packages: object): void =>
    writeFileSync(join(root, file), JSON.stringify({ packages }));
  const wanted = (packages: object): void => lock('package-lock.json', packages);
  const installed = (packages: object): void => lock('node_modules/.package-lock.json', packages);
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  it('are installed if npm recorded all of them', () => {
    wanted({ '': {}, 'node_modules/a': a });
    installed({ 'node_modules/a': a });
    expect(arePackagesInstalled(root, machine)).toBe(true);
  });

  it('are missing on a clean clone, and after an install without a record', () => {
    wanted({ '': {}, 'node_modules/a': a });
    expect(arePackagesInstalled(root, machine)).toBe(false);
  });

  it('are missing if the record is only half written', () => {
    wanted({ '': {} });
    writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages": {');
    expect(arePackagesInstalled(root, machine)).toBe(false);
  });

  it.each([
    ['of another version', { ...a, version: '1.0.1' }],
    ['of other contents', { ...a, integrity: 'sha512-b' }],
  ])('are missing if one is %s', (_what, other) => {
    wanted({ '': {}, 'node_modules/a': a });
    installed({ 'node_modules/a': other });
    expect(arePackagesInstalled(root, machine)).toBe(false);
  });

  it('are installed without optional ones of other systems, but not without those of this one', () => {
    wanted({ 'node_modules/mac': { ...a, optional: true, os: ['darwin'], cpu: ['x64'] } });
    installed({});
    expect(arePackagesInstalled(root, machine)).toBe(true);
    expect(arePackagesInstalled(root, { platform: 'darwin', arch: 'x64', libc: null })).toBe(false);
  });

  it('are missing if npm left out an optional one for the C library of this machine', () => {
    const of = { ...a, optional: true, os: ['linux'], cpu: ['x64'] };
    wanted({ 'node_modules/g': { ...of, libc: ['glibc'] }, 'node_modules/m': { ...of, libc: ['musl'] } });
    installed({ 'node_modules/m': a });
    expect(arePackagesInstalled(root, machine)).toBe(false);
    installed({ 'node_modules/g': a });
    expect(arePackagesInstalled(root, machine)).toBe(true);
  });

  it('link the packaged Node as a command if npm did not', () => {
    linkPackagedNode(root);
    const link = join(root, 'node_modules', '.bin', 'node');
    expect(existsSync(link)).toBe(false);
    const folder = `node-${process.platform}-${process.arch}`;
    mkdirSync(join(root, 'node_modules', folder, 'bin'), { recursive: true });
    writeFileSync(join(root, 'node_modules', folder, 'bin', 'node'), 'binary');
    linkPackagedNode(root);
    linkPackagedNode(root);
    expect(readFileSync(link, 'utf8')).toBe('binary');
    expect(readlinkSync(link)).toBe(join('..', folder, 'bin', 'node'));
  });

  it.each([
    ['npm error code ENOTFOUND', 'cannot be reached'],
    ['npm error code EAI_AGAIN', 'cannot be reached'],
    ['npm error code ENOSPC', 'disk is full'],
    ['npm error code EACCES', 'cannot be written'],
    ['npm error code EUSAGE', 'do not fit together'],
    ['spawn npm ENOENT', 'not on the PATH'],
    ['something new', 'its own words'],
  ])('give the reason for "%s" in plain words', (output, words) => {
    expect(reasonOf(output)).toContain(words);
  });

  it('are cached in the project if the home folder is not writable', () => {
    expect(npmEnvironment(root, { HOME: '' })['npm_config_cache']).toBe(join(root, '.cache', 'npm'));
    expect(npmEnvironment(root, { HOME: '/nonexistent' })['npm_config_cache']).toBe(
      join(root, '.cache', 'npm'),
    );
    expect(npmEnvironment(root, { HOME: root })['npm_config_cache']).toBeUndefined();
  });

  it('are never installed with the Node to be replaced', () => {
    const given = { HOME: root, PATH: `${join(root, 'node_modules', '.bin')}:/usr/bin` };
    expect(npmEnvironment(root, given)['PATH']).toBe('/usr/bin');
  });
});

describe('package-lock.json', () => {
  const text = readFileSync('package-lock.json', 'utf8');

  it('has an entry for every optional package, so that npm ci takes it (node scripts/complete-lockfile.mjs)', () => {
    expect(Object.keys(missingEntries(JSON.parse(text).packages))).toEqual([]);
  });

  it('names no registry', () => {
    expect(text).not.toContain('"resolved"');
  });
});

describe('an optional package without an entry', () => {
  it('gets an entry for the system in its name', () => {
    const dependent = {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@x/b-linux-arm64-musl': '^2.0.0' },
    };
    expect(missingEntries({ 'node_modules/x': dependent })).toEqual({
      'node_modules/@x/b-linux-arm64-musl': {
        version: '2.0.0',
        dev: true,
        optional: true,
        os: ['linux'],
        cpu: ['arm64'],
        libc: ['musl'],
      },
    });
  });

  it('is found in the node_modules of its dependent or of any folder above', () => {
    const dependent = { optionalDependencies: { b: '1.0.0' } };
    expect(missingEntries({ 'node_modules/x': dependent, 'node_modules/x/node_modules/b': {} })).toEqual({});
    expect(missingEntries({ 'node_modules/y/node_modules/x': dependent, 'node_modules/b': {} })).toEqual({});
  });
});

describe('a Node', () => {
  it.each([
    ['24.9.0', true],
    ['v24.21.0', true],
    ['26.0.0', true],
    ['24.8.9', false],
    ['22.20.0', false],
    ['18.0.0', false],
  ])('of version %s is new enough: %s', (version, expected) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});
