import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvFile } from '../../../src/config/env-file.js';
import { readEnvironment } from '../../../src/config/environment.js';
import { ConfigurationError } from '../../../src/config/parse-settings.js';

const TEXT = '# für alle\r\nPORT=4000\r\nMAIL_FROM="Jürgen <j@example.org>"\r\n';
const MARK = '\uFEFF';

describe('the file of settings', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'env-file-'));
    path = join(folder, '.env');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const values = { PORT: '4000', MAIL_FROM: 'Jürgen <j@example.org>' };

  it.each([
    ['UTF-8 with the line ends of Windows', Buffer.from(TEXT)],
    ['UTF-8 with the line ends of Unix', Buffer.from(TEXT.replaceAll('\r', ''))],
    ['UTF-8 with a byte order mark', Buffer.from(MARK + TEXT)],
    ['UTF-8 with a byte order mark right before a setting', Buffer.from(MARK + TEXT.slice(12))],
  ])('is read as %s', (_how, bytes) => {
    writeFileSync(path, bytes);
    expect(readEnvFile(path)).toEqual(values);
    expect(readEnvironment(path)).toMatchObject(values);
  });

  const littleEndian = Buffer.from(TEXT, 'utf16le');
  const utf16 = [littleEndian, Buffer.from(MARK + TEXT, 'utf16le'), Buffer.from(MARK, 'utf16le')];
  it.each([...utf16, ...utf16.map((bytes) => Buffer.from(bytes).swap16())])(
    'is refused as UTF-16, with what to do (%#)',
    (bytes) => {
      writeFileSync(path, bytes);
      const read = (): unknown => readEnvFile(path);
      expect(read).toThrow(ConfigurationError);
      expect(read).toThrow(`${path}: the file is in UTF-16. Save it as UTF-8.`);
    },
  );

  it('may be missing, and is named if it cannot be read', () => {
    expect(readEnvFile(path)).toEqual({});
    mkdirSync(path);
    expect(() => readEnvFile(path)).toThrow(/\.env: the file cannot be read \((Error: )?EISDIR/);
  });
});
