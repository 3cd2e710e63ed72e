import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { doubledNames, fullFolders } from '../../../scripts/checks/structure.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

describe('the structure of the product', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'structure-'));
    mkdirSync(join(root, 'src'));
    mkdirSync(join(root, 'bots'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };

  it('has one meaning for each exported name, and no full folder', () => {
    expect([...doubledNames(ROOT), ...fullFolders(ROOT)]).toEqual([]);
  });

  it('reports a name that two files export, whatever its kind', () => {
    write('src/one.ts', 'export interface Same {}\nexport const mine = 1;\n');
    write(
      'bots/two.ts',
      'export abstract class Same {}\nexport async function yours() {}\nconst mine = 2;\n',
    );
    expect(doubledNames(root)).toEqual([
      'Same is exported by bots/two.ts and src/one.ts: give one of them another name',
    ]);
  });

  it('allows overloads of a function, and a type with the name of its constant', () => {
    write(
      'src/one.ts',
      'export function a(): void;\nexport function a(b?: number) {}\nexport const A = 1;\nexport type A = 1;\n',
    );
    expect(doubledNames(root)).toEqual([]);
  });

  it('reports a folder of 26 files', () => {
    for (let index = 0; index < 25; index += 1) write(`src/room/file-${index}.ts`, '');
    expect(fullFolders(root)).toEqual([]);
    write('src/room/last.css', '');
    expect(fullFolders(root)).toEqual(['src/room has 26 files, at most 25 are allowed: split it']);
  });
});
