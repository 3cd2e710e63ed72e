// @ts-check

/**
 * @typedef {object} Locked an entry of package-lock.json
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 */

/** @typedef {Record<string, Locked>} LockedPackages by path, `node_modules/…` */

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Finds optional packages that the lockfile names as a dependency but has no entry for. npm leaves them out
 * if the registry does not (yet) have the builds for other systems; `npm ci` then refuses the lockfile.
 * @param {LockedPackages} packages
 * @returns {LockedPackages} the entries to add, restricted to the system in the package's name; without the
 *   hashes, which are unknown
 */
export function missingEntries(packages) {
  /** @type {LockedPackages} */
  const missing = {};
  for (const [path, locked] of Object.entries(packages))
    for (const [name, range] of Object.entries(locked.optionalDependencies ?? {}))
      if (!isFound(packages, path, name)) missing[`node_modules/${name}`] = entryFor(name, range, locked);
  return missing;
}

/**
 * @param {LockedPackages} packages
 * @param {string} from
 * @param {string} name
 * @returns {boolean} whether Node would resolve it from there: in the same node_modules or one above
 */
function isFound(packages, from, name) {
  const base = from === '' ? '' : `${from}/`;
  if (`${base}node_modules/${name}` in packages) return true;
  return (
    from !== '' && isFound(packages, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
  );
}

/**
 * @param {string} name
 * @param {string} range
 * @param {Locked} dependent
 * @returns {Locked}
 */
function entryFor(name, range, dependent) {
  const words = name.split(/[^a-z0-9]+/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu.length > 0 && { cpu }),
    ...(dependent.dev === true && { dev: true }),
    ...(libc.length > 0 && os.includes('linux') && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}
