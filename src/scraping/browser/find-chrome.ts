import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../jobs/app-error.js';
import { isOpenToAnybody } from './open-to-anybody.js';

const FOLDERS = [
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/opt/homebrew/bin',
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
];
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'Google Chrome',
  'Chromium',
];
const DRIVERS = ['chromedriver', 'chromium.chromedriver'];

/** The paths of the browser and its driver. */
export interface ChromePaths {
  readonly browser: string;
  readonly driver: string;
}

/**
 * Finds Chrome or Chromium and chromedriver.
 * @param given paths the operator set; null: look in the usual places
 * @param asAnybody whether another user runs them, who needs access too
 * @throws AppError `browser.missing`; context `part` browser or driver, `setting` to set, `path` if one was
 *   given, `problem`
 */
export async function findChrome(
  given: { readonly browserPath: string | null; readonly driverPath: string | null },
  asAnybody: boolean,
): Promise<ChromePaths> {
  const browser = await find('browser', 'BROWSER_PATH', given.browserPath, BROWSERS, FOLDERS, asAnybody);
  const beside = dirname(browser);
  const driver = await find(
    'driver',
    'DRIVER_PATH',
    given.driverPath,
    DRIVERS,
    [beside, ...FOLDERS],
    asAnybody,
  );
  return { browser, driver };
}

async function find(
  part: string,
  setting: string,
  given: string | null,
  names: readonly string[],
  folders: readonly string[],
  asAnybody: boolean,
): Promise<string> {
  const places =
    given === null ? names.flatMap((name) => folders.map((folder) => join(folder, name))) : [given];
  let problem = 'not found';
  for (const path of places) {
    if (!(await isProgram(path))) continue;
    if (!asAnybody || (await isOpenToAnybody(path))) return path;
    problem = 'the unprivileged user that runs it cannot get at it';
  }
  throw new AppError('browser.missing', {
    part,
    setting,
    problem,
    ...(given === null ? {} : { path: given }),
  });
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  );
}
