// @ts-check
// Run after `npm install`: adds the entries that npm left out of package-lock.json, so that `npm ci` works on
// every system and with every registry.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingEntries } from './setup/lockfile.mjs';
import { ROOT } from './setup/set-up.mjs';

const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingEntries(lock.packages);
const entries = Object.entries({ ...lock.packages, ...missing });
// Sort as npm does, so that its next install changes nothing.
lock.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')));
if (Object.keys(missing).length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(missing).length} entries added to package-lock.json`);
