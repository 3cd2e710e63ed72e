import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { newJob } from '../../src/jobs/job-steps.js';
import { contactSheet } from '../../src/zipping/contact-sheet/contact-sheet.js';
import { manifestFile, manifestOf } from '../../src/zipping/manifest.js';
import { keptImages } from '../../src/zipping/kept-image.js';
import { keptImage } from '../support/images/kept-images.js';
import { ReaderBrowser } from '../support/web/reader-browser.js';
import { sampleJob } from '../support/sample-jobs.js';

const NOTICE = 'unpack the whole zip first';
const PICTURES = ['1.jpg', '2.jpg', '3.jpg', '4.jpg'];

describe('the contact sheet of an archive', () => {
  let folder: string;
  let browser: ReaderBrowser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'contact-sheet-'));
    // Chrome may run as another user.
    chmodSync(folder, 0o755);
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a52' } })
      .jpeg()
      .toBuffer();
    const images = keptImages(PICTURES.map((title, index) => keptImage(index, picture, { title })));
    const files = images.map((image, index) => {
      const { file } = image.outcome;
      return manifestFile({ image, bytes: picture, file, original: null, note: null }, PICTURES[index] ?? '');
    });
    const job = newJob(sampleJob('sheet', 0, { count: PICTURES.length }));
    writeFileSync(
      join(folder, 'index.html'),
      [...contactSheet(manifestOf(job, files, { shortfall: [], engines: [] }, 0))].join(''),
    );
    for (const name of PICTURES) writeFileSync(join(folder, name), picture);
    browser = await ReaderBrowser.start();
  });
  afterAll(async () => {
    await browser.stop();
    rmSync(folder, { recursive: true });
  });

  /** Opens the sheet with only these pictures beside it. @returns the text that is visible */
  const openBeside = async (...pictures: readonly string[]): Promise<string> => {
    const place = mkdtempSync(join(folder, 'beside-'));
    chmodSync(place, 0o755);
    for (const name of ['index.html', ...pictures]) copyFileSync(join(folder, name), join(place, name));
    await browser.open(pathToFileURL(join(place, 'index.html')).href);
    // WebDriver's own text includes hidden fallback text of an object.
    return browser.driver.executeScript<string>('return document.body.innerText');
  };

  it('does not mention unpacking if the pictures are beside it', async () => {
    expect(await openBeside(...PICTURES)).not.toContain(NOTICE);
    expect(await browser.complaints()).toEqual([]);
    expect(await browser.refusals()).toEqual([]);
  });

  it('says that the zip has to be unpacked if it was opened from inside', async () => {
    expect(await openBeside()).toContain(NOTICE);
    expect(await browser.complaints()).toEqual([]);
  });

  it('does not mention unpacking if only some of the pictures are missing', async () => {
    expect(await openBeside('3.jpg')).not.toContain(NOTICE);
  });
});
