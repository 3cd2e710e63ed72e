import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

/** Declares tests that need a program; without it they are reported as skipped, with the reason. */
export function describeWith(program: string, declare: () => void): void {
  if (isInstalled(program)) describe(`with ${program}`, declare);
  else describe.skip(`with ${program} (not run: ${program} is not installed)`, declare);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
