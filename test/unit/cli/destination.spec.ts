import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { DestinationRefused, FileDestination, OutputDestination } from '../../../src/cli/destination.js';

const zip = (): Readable => Readable.from([Buffer.from('a zip')]);

describe('a file for the zip', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'destination-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string, mayReplace = false) => new FileDestination(name, folder, mayReplace);
  const inFolder = (name: string): string => join(folder, name);

  it('is placed in the current folder unless its path says otherwise', () => {
    expect(file('a.zip').path).toBe(inFolder('a.zip'));
    expect(file('../a.zip').path).toBe(join(tmpdir(), 'a.zip'));
    expect(file('/b/a.zip').path).toBe('/b/a.zip');
  });

  it('is written whole with nothing beside it, and the check leaves nothing', async () => {
    await file('a.zip').check();
    expect(readdirSync(folder)).toEqual([]);
    await file('a.zip').write(zip());
    expect(readdirSync(folder)).toEqual(['a.zip']);
    expect(readFileSync(inFolder('a.zip'), 'utf8')).toBe('a zip');
  });

  it('may have a name as long as the disk allows', async () => {
    const name = `${'é'.repeat(120)}.zip`;
    await file(name).check();
    await file(name).write(zip());
    expect(readdirSync(folder)).toEqual([name]);
  });

  it.each([
    ['a.zip', 'a.zip is there already. Name another file, or add --force to overwrite it.'],
    ['dangling.zip', 'dangling.zip is there already. Name another file, or add --force to overwrite it.'],
    ['sub', 'sub is a folder. Name a file in it.'],
    ['new/', 'new is a folder. Name a file in it.'],
    ['pipe', 'pipe is no file. --out - writes to standard output.'],
    ['absent/a.zip', 'there is no folder '],
    ['a.zip/b.zip', 'there is no folder '],
    [`${'a'.repeat(300)}.zip`, ': the name is too long.'],
    ['/sys/a.zip', 'nothing can be written to /sys: this user may not write there.'],
  ])('is refused as %s before anything is done: %s', async (name, words) => {
    writeFileSync(inFolder('a.zip'), 'mine');
    symlinkSync('nowhere', inFolder('dangling.zip'));
    mkdirSync(inFolder('sub'));
    execFileSync('mkfifo', [inFolder('pipe')]);
    const before = readdirSync(folder);
    await expect(file(name).check()).rejects.toThrow(DestinationRefused);
    await expect(file(name).check()).rejects.toThrow(words);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(inFolder('a.zip'), 'utf8')).toBe('mine');
  });

  it('is overwritten if asked, behind a link too, unlike a folder, pipe or device', async () => {
    writeFileSync(inFolder('a.zip'), 'old');
    mkdirSync(inFolder('sub'));
    writeFileSync(inFolder('sub/b.zip'), 'old');
    symlinkSync('sub/b.zip', inFolder('link.zip'));
    for (const name of ['a.zip', 'link.zip']) {
      await file(name, true).check();
      await file(name, true).write(zip());
      expect(readFileSync(inFolder(name), 'utf8')).toBe('a zip');
    }
    expect(lstatSync(inFolder('link.zip')).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['a.zip', 'link.zip', 'sub']);
    expect(readdirSync(inFolder('sub'))).toEqual(['b.zip']);
    await expect(file('sub', true).check()).rejects.toThrow('is a folder');
    await expect(file('/dev/null', true).check()).rejects.toThrow('is no file');
  });

  it('is not overwritten if it appears while the job runs', async () => {
    const destination = file('a.zip');
    await destination.check();
    writeFileSync(inFolder('a.zip'), 'of somebody else');
    await expect(destination.write(zip())).rejects.toThrow('is there already');
    expect(readFileSync(inFolder('a.zip'), 'utf8')).toBe('of somebody else');
    expect(readdirSync(folder)).toEqual(['a.zip']);
  });

  it('does not appear in part when the zip breaks off', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('a');
        throw Object.assign(new Error('gone'), { code: 'EIO' });
      })(),
    );
    await expect(file('a.zip').write(broken)).rejects.toThrow('nothing can be written');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('standard output for the zip', () => {
  it('is refused if it is a terminal', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    await expect(new OutputDestination(terminal).check()).rejects.toThrow('a zip is nothing for a terminal');
  });

  it('gets the bytes of the zip and stays open', async () => {
    const stdout = new PassThrough();
    const destination = new OutputDestination(stdout);
    await destination.check();
    await destination.write(zip());
    expect(String(stdout.read())).toBe('a zip');
    expect(stdout.writableEnded).toBe(false);
  });

  it.each([
    ['EPIPE', 'the program that read it has ended'],
    ['ENOSPC', 'the disk is full'],
  ])('that fails with %s is reported in plain words', async (code, words) => {
    const stdout = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    });
    const taken = new OutputDestination(stdout).write(zip());
    await expect(taken).rejects.toThrow(`nothing can be written to standard output: ${words}.`);
    await expect(taken).rejects.toThrow(DestinationRefused);
  });
});
