// @ts-check
/**
 * Preloaded into a process of the service (`node --import`): kills it at an exact place.
 *
 * The file DIE_AT_FILE gives the order as JSON: `{place, when: 'before' | 'after', nth, scope: 'process' |
 * 'group', signal}`. With a signal other than SIGKILL the step continues afterwards. Without the file nothing
 * happens. Each write of the file restarts the count.
 *
 * Places: `begin`, `links`, `outcome`, `ready` (commit of the transaction that writes it), `sending` (a
 * notice is claimed for sending), `settled` (the result of a notice is recorded), `image` (a complete
 * download is renamed), `zip` (the archive is renamed), `file-deletion`, `record-deletion`.
 */
import { readFileSync, promises as files } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';

const FILE = process.env['DIE_AT_FILE'] ?? '';
delete process.env['DIE_AT_FILE'];

/** @typedef {{ place: string, when: 'before' | 'after', nth: number, scope: 'process' | 'group', signal: NodeJS.Signals }} Order */

let order = '';
let seen = 0;

/** @returns {Order | null} */
function currentOrder() {
  let text;
  try {
    text = readFileSync(FILE, 'utf8');
  } catch {
    return null;
  }
  if (text !== order) seen = 0;
  order = text;
  return text === '' ? null : JSON.parse(text);
}

/**
 * @template T
 * @param {string} place
 * @param {() => T} step
 * @returns {T}
 */
function at(place, step) {
  const wanted = currentOrder();
  if (wanted === null || wanted.place !== place) return step();
  seen += 1;
  if (seen !== wanted.nth) return step();
  if (wanted.when === 'before') die(wanted);
  const result = step();
  if (result instanceof Promise) result.then(() => die(wanted));
  else die(wanted);
  return result;
}

/** @param {Order} wanted */
function die({ scope, signal }) {
  process.kill(scope === 'group' ? -process.pid : process.pid, signal);
  // The signal arrives asynchronously: block until then, so that no later step runs.
  if (signal === 'SIGKILL') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const { rename, rm } = files;
files.rename = (from, to) => {
  const path = String(to);
  if (path.includes('/work/')) return at('image', () => rename(from, to));
  if (path.endsWith('.zip')) return at('zip', () => rename(from, to));
  return rename(from, to);
};
files.rm = (path, options) =>
  String(path).endsWith('.part') ? rm(path, options) : at('file-deletion', () => rm(path, options));
syncBuiltinESMExports();

const STATES = new Map(Object.entries({ running: 'begin', ready: 'ready' }));
/** The place of the open transaction; empty if it has none. */
let writes = '';
const exec = DatabaseSync.prototype.exec;
/** @this {DatabaseSync} @param {string} sql */
DatabaseSync.prototype.exec = function patched(sql) {
  if (sql === 'BEGIN IMMEDIATE') writes = '';
  if (sql !== 'COMMIT' || writes === '') return Reflect.apply(exec, this, [sql]);
  const place = writes;
  writes = '';
  return at(place, () => Reflect.apply(exec, this, [sql]));
};

const run = StatementSync.prototype.run;
/** @this {StatementSync} @param {any[]} values */
StatementSync.prototype.run = function patched(...values) {
  const sql = this.sourceSQL;
  if (sql.startsWith('UPDATE job SET state')) writes = STATES.get(values[0]) ?? '';
  else if (sql.startsWith('INSERT OR REPLACE INTO image'))
    writes = String(values[4]).includes('"found"') ? 'links' : 'outcome';
  else if (sql.startsWith('UPDATE notice SET status = ?')) writes = 'settled';
  else if (sql.startsWith('DELETE FROM job'))
    return at('record-deletion', () => Reflect.apply(run, this, values));
  return Reflect.apply(run, this, values);
};

const get = StatementSync.prototype.get;
/** @this {StatementSync} @param {any[]} values */
StatementSync.prototype.get = function patched(...values) {
  const isClaim = this.sourceSQL.startsWith("UPDATE notice SET status = 'sending'");
  return isClaim ? at('sending', () => Reflect.apply(get, this, values)) : Reflect.apply(get, this, values);
};
