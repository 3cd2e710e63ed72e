import { createHash } from 'node:crypto';
import { contactSheet } from '../../../src/zipping/contact-sheet/contact-sheet.js';
import type { Manifest, ManifestFile } from '../../../src/zipping/manifest.js';

const ATTACK = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

const FILE: ManifestFile = {
  file: '001-red-panda.jpg',
  url: 'https://a.example/1.jpg',
  page: 'https://a.example/',
  title: 'Red panda',
  site: 'A',
  licence: null,
  attribution: null,
  engine: 'google',
  foundBy: null,
  format: 'jpeg',
  width: 800,
  height: 600,
  bytes: 1,
  sha256: 'ab'.repeat(32),
  original: null,
  note: null,
};

function sheetOf(file: Partial<ManifestFile>, manifest: Partial<Manifest> = {}): string {
  const parts = contactSheet({
    query: 'red panda',
    filters: {},
    output: null,
    timeZone: 'Europe/Vienna',
    askedFor: 1,
    delivered: 1,
    shortfall: [],
    engines: [],
    dueAt: '2026-11-24T08:00:00.000Z',
    startedAt: null,
    packedAt: '2026-11-24T08:05:00.000Z',
    files: [{ ...FILE, ...file }],
    ...manifest,
  });
  return [...parts].join('');
}

describe('contactSheet', () => {
  it('shows each picture with its title, page and size', () => {
    const sheet = sheetOf({});
    expect(sheet).toContain('src="001-red-panda.jpg"');
    expect(sheet).toContain('href="https://a.example/"');
    expect(sheet).toContain('800 × 600');
  });

  it('marks pictures that are no originals', () => {
    expect(sheetOf({ foundBy: 'thumbnail' })).toContain('small preview: the original could not be had');
    expect(sheetOf({ foundBy: 'page' })).not.toContain('small preview');
  });

  it('shows texts from the web as plain text everywhere', () => {
    const licence = { name: ATTACK, url: `https://x.example/${ATTACK}`, credit: ATTACK };
    const sheet = sheetOf({ title: ATTACK, site: ATTACK, licence }, { query: ATTACK });
    expect(sheet).not.toContain('<script');
    expect(sheet).not.toContain('<img src=x');
    expect(sheet).not.toContain(ATTACK);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' javascript:alert(1)'])(
    'does not link %j',
    (page) => {
      expect(sheetOf({ page })).not.toContain(`href="${page}"`);
    },
  );

  it('allows its inline style by hash and the pictures beside it, but no script or other request', () => {
    const sheet = sheetOf({});
    const style = /<style>([\s\S]*?)<\/style>/.exec(sheet)?.[1] ?? '';
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(sheet)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; img-src 'self' file:; object-src 'self' file:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(sheet).not.toMatch(/\sstyle=/);
  });

  it('lets its reader choose a size class without a script if there are several', () => {
    const file = (width: number) => ({ ...FILE, width, height: 10 });
    const sheet = sheetOf({}, { files: [file(2000), file(499), file(1500)] });
    expect(sheet.replaceAll(/\s+/g, ' ')).toMatch(/id="size-large"[^>]*>\s?Large, 1024 px and more \(2\)/);
    expect(sheet).toContain('id="size-small"');
    expect(sheet).not.toContain('id="size-medium"');
    expect(sheet.match(/<figure class="(large|small)"/g)).toHaveLength(3);
    expect(sheet).not.toContain('<script');
    expect(sheetOf({})).not.toContain('id="size-');
  });

  it('states how a file was changed, or why not, and how to credit it', () => {
    const original = { format: 'png', width: 4000, height: 3000, bytes: 9, sha256: 'cd'.repeat(32) } as const;
    expect(sheetOf({ original })).toContain('from PNG, 4000 × 3000');
    expect(sheetOf({ note: 'not changed: took too long' })).toContain('not changed: took too long');
    expect(sheetOf({ attribution: '“A” by B is licensed under CC BY 4.0' })).toContain(
      '“A” by B is licensed',
    );
  });

  it('explains how to read the table in a spreadsheet set to semicolons', () => {
    expect(sheetOf({})).toMatch(/Excel: Data, From Text\/CSV\) and choose the comma and\s+UTF-8/);
  });

  it('states why there are fewer than asked for', () => {
    const shortfall = [{ reason: 'timeout', count: 3 }] as const;
    expect(sheetOf({}, { askedFor: 4, shortfall })).toMatch(/3 × [a-z]/);
  });
});
