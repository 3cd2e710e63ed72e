// @ts-check
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../process/run.mjs';
import { aptCommand, canInstallSystemPackages, installSystemPackages } from './apt.mjs';
import { SetUpFailure, isSystemError } from './failure.mjs';
import { forTests } from './for-tests.mjs';
import { isOnPath, isRunnable, pathFolders } from './programs.mjs';

/** @typedef {{ version: string, java: string }} Installed */

const POM = fileURLToPath(new URL('cassandra/pom.xml', import.meta.url));
const DEBIAN_PACKAGES = ['openjdk-17-jre-headless', 'maven'];
const JVM_FOLDER = '/usr/lib/jvm';
const MAVEN_DEADLINE_MS = 15 * 60_000;

/**
 * A Cassandra server for the tests: Java 17 and the server's jars. Outside of CI a failed install is only
 * reported, and the tests that need Cassandra are skipped.
 * @type {import('./set-up.mjs').Step}
 */
export const cassandra = {
  name: 'Cassandra for the tests',
  isReady: (root) => installedCassandra(root) !== null,
  install: forTests(install),
};

/** Folder of the server's jars and of the record of their version. @param {string} root */
export function cassandraFolder(root) {
  return join(root, '.cache', 'cassandra');
}

/**
 * @param {string} root
 * @returns {Installed | null} the completed earlier install; null if there is none or its version is outdated
 */
export function installedCassandra(root) {
  try {
    const noted = JSON.parse(readFileSync(join(cassandraFolder(root), 'installed.json'), 'utf8'));
    return noted.version === wantedVersion() && isRunnable(noted.java) ? noted : null;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @returns {string} the version in pom.xml */
function wantedVersion() {
  return /<cassandra\.version>([^<]+)</.exec(readFileSync(POM, 'utf8'))?.[1] ?? '';
}

/** @param {string} root */
async function install(root) {
  if ((await findJava()) === null || !isOnPath('mvn')) await installTools();
  const java = await findJava();
  if (java === null) throw failure('no Java 17 was found on the PATH or in /usr/lib/jvm');
  await fetchJars(root);
  const noted = JSON.stringify({ version: wantedVersion(), java });
  writeFileSync(join(cassandraFolder(root), 'installed.json'), noted);
}

async function installTools() {
  const hasApt = isRunnable('/usr/bin/apt-get');
  if (hasApt && (await canInstallSystemPackages())) return installSystemPackages('Java 17', DEBIAN_PACKAGES);
  throw failure(
    hasApt ? 'this user may not install system packages' : 'Java 17 and Maven are not on the PATH',
  );
}

/** Copies the jars next to the pom; Maven resumes an interrupted download. @param {string} root */
async function fetchJars(root) {
  const folder = cassandraFolder(root);
  rmSync(join(folder, 'lib'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(POM, join(folder, 'pom.xml'));
  const goal = ['-q', '-B', '-f', join(folder, 'pom.xml'), 'dependency:copy-dependencies'];
  const { code, output } = await run('mvn', [...goal, '-DoutputDirectory=lib', '-DincludeScope=runtime'], {
    quiet: true,
    deadlineMs: MAVEN_DEADLINE_MS,
  });
  if (code === 0) return;
  process.stderr.write(`${output.trim().split('\n').slice(-15).join('\n')}\n`);
  throw failure("Maven could not fetch the server's jars; its own words stand above");
}

/** @param {string} why */
function failure(why) {
  return new SetUpFailure('Cassandra for the tests', why, aptCommand(DEBIAN_PACKAGES));
}

/**
 * @returns {Promise<string | null>} path of a Java 17: the server options of the tests fit no other version
 */
async function findJava() {
  const installed = foldersIn(JVM_FOLDER)
    .filter((name) => name.includes('17'))
    .map((name) => join(JVM_FOLDER, name, 'bin/java'));
  const onPath = pathFolders().map((folder) => join(folder, 'java'));
  for (const java of [...onPath, ...installed].filter(isRunnable)) {
    const { code, output } = await run(java, ['-version'], { quiet: true, deadlineMs: 20_000 });
    if (code === 0 && /version "17[."]/.test(output)) return java;
  }
  return null;
}

/** @param {string} folder */
function foldersIn(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return [];
    throw error;
  }
}
