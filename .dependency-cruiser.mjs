// Which room may import which. `npm test` fails on every import that a rule below forbids.

/** Every file of some rooms. @param {...string} names */
const rooms = (...names) => `^src/(${names.join('|')})/`;
/** The table of engines lies below all rooms: every room may import it. */
const ENGINES = rooms('engines');
const NOTIFIER_PORT = String.raw`^src/notifications/notifier\.port\.ts$`;
/** Code behind the pages /mail, /never-mail and /confirm-mail. */
const MAIL_PAGES = String.raw`^src/notifications/(mail/mail-folder|consent/never-mail|consent/confirm-by-link)\.ts$`;
/** The absolute addresses of a job. */
const LINKS = String.raw`^src/expiry/links(\.module)?\.ts$`;
const ARCHIVE_PORT = String.raw`^src/zipping/archive-store\.port\.ts$`;
const DOORS = '^(src/(web|cli)|bots)/';

/** Composition roots: the only files that may import from every room. */
const ROOTS = String.raw`^src/(main|serve|core\.module|app\.module|chat-doors\.module|cli/(main|terminal|terminal-dependencies|cli\.module))\.ts$`;

/** `<adapter>.<port>.ts`, and `open-<adapter>.ts` if one connection serves several ports. */
const ADAPTERS = [
  String.raw`\.(job-store|job-queue|keyed-store|worker-lease|archive-store|notifier)\.ts$`,
  String.raw`\.(image-source|source|browser|name-resolver|image-inspector|mail-transport)\.ts$`,
  String.raw`^src/(storage|scheduling|zipping)/.+/open-[^/]+\.ts$`,
];

/** Programs that run in child processes. */
const CHILD_PROGRAMS = String.raw`^src/imaging/.+-child\.ts$`;

/** Files that only compute: no disk, network, clock, randomness or framework. */
export const PURE_FILES = [
  'src/engines/[a-z-]+',
  'src/config/(engine-settings|nearest-name|setting|values)',
  'src/jobs/wording/(amount-text|engine-wording|failure-report|filter-wording|found-wording|html|licence-name|moment-text|query-reports|quoted-query|what-text|wording)',
  'src/jobs/(app-error|candidate|channels|candidate-facts|error-code|failure-codes|image-record|job|job-states|notice|rejection|rejection-reasons|retention)',
  'src/jobs/timing/backoff',
  'src/jobs/request/(asked-fields|email-grammar|filter-fields|filters|follow-up|image-shape|main-fields|name-pattern|output|output-fields|request-field|request-fields|request-queries|unsupported-filters)',
  'src/validation/(engines-for-filters|filter-contradictions|host-name|output-contradictions|problem|problem-wording|read-choice|read-count|read-email|read-flag|read-exact-size|read-lists|read-name-pattern|read-number|read-query|reading)',
  'src/validation/times/(impossible-time|natural-time|read-due|read-when|wall-time)',
  'src/scraping/(breaker-wait|filter-support|licence-terms|markup|plain-text|random-results|related|shapes|site-name|stated-facts)',
  'src/scraping/[a-z]+/[a-z]+-(answer|files|filters|items|pace|url)',
  'src/scraping/google/(google-state|image-link|json-values|licence|records|results)',
  'src/scraping/json-api/api-failure',
  'src/scraping/web-page/(licence-filter|page-failures|page-state)',
  'src/network/(canonical-host|mended-head|public-address)',
  'src/downloading/fetching/(crawlers-only|image-signature|referer|robots-tag)',
  'src/downloading/judging/placeholder',
  'src/imaging/similarity/(best-overlay|colours|features|fingerprint|grid|miniature|plainness|ranges|resemblance|same-detail|same-picture)',
  'src/downloading/originals/(data-url|json-ld|likeliest|page-images|srcset)',
  'src/imaging/child-process/(process-message|refusal-text)',
  'src/imaging/converting/background',
  'src/imaging/memory-need',
  'src/imaging/formats/(avif-file|avif-items|cmyk-profile|code-points|file-fault|gif-file|icc-profile|iso-boxes|jpeg-cmyk|jpeg-repair|jpeg-segments)',
  'src/imaging/decoding/draw-miniature',
  'src/pipeline/(outcome-counts|shortfall)',
  'src/zipping/(attribution|entry-names|manifest|manifest-csv|manifest-json|manifest-queries|shortfall-text|slug)',
  'src/zipping/contact-sheet/contact-sheet-style',
  'src/zipping/layouts/(class-folders|classes|flat-layout|folders-layout|huggingface-layout|layout|splits)',
  'src/notifications/mail/(mail-content|mail-html|mail-style|mail-text)',
  'src/cli/(endings|more-options|progress-line)',
  'src/web/http/(byte-range|content-disposition|entity-tag)',
  'src/web/pages/format',
  'bots/conversation/(command|emoji-names|field-words|odd-time|quoted-phrases|replies|reply)',
  'bots/notices/job-messages',
];
const PURE_PACKAGES = String.raw`^node_modules/(any-ascii|chrono-node|emojibase-data|entities|htmlparser2|ipaddr\.js|temporal-polyfill)/`;
const PURE = `^(${PURE_FILES.join('|')})\\.ts$`;

/**
 * A room or door that imports only itself and the `allowed` paths.
 * @param {string} name
 * @param {string} from
 * @param {...string} allowed
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function only(name, from, ...allowed) {
  return {
    name,
    severity: 'error',
    from: { path: from, pathNot: ROOTS },
    to: { path: '^(src|bots|test|scripts)/', pathNot: [from, ENGINES, ...allowed] },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Arrows go one way, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    only('engines-know-no-room', ENGINES),
    only('config-knows-no-room', rooms('config')),
    only('jobs-know-no-adapter', rooms('jobs'), rooms('config')),
    only('storage-knows-jobs-and-config', rooms('storage'), rooms('jobs', 'config')),
    only('imaging-knows-jobs-and-config', rooms('imaging'), rooms('jobs', 'config')),
    only('scheduling-knows-jobs-and-config', rooms('scheduling'), rooms('jobs', 'config')),
    only('limits-know-jobs-and-config', rooms('limits'), rooms('jobs', 'config')),
    only('intake-stands-before-jobs', rooms('intake'), rooms('jobs', 'config', 'validation', 'limits')),
    only('presenting-knows-jobs-and-links', rooms('presenting'), rooms('jobs', 'config'), LINKS),
    only(
      'web-door',
      rooms('web'),
      rooms('jobs', 'validation', 'config', 'limits', 'intake', 'presenting', 'expiry'),
      NOTIFIER_PORT,
      MAIL_PAGES,
      ARCHIVE_PORT,
    ),
    only(
      'bots-door',
      '^bots/',
      rooms('jobs', 'validation', 'config', 'limits', 'intake', 'presenting'),
      NOTIFIER_PORT,
    ),
    only('cli-door', rooms('cli'), rooms('jobs', 'validation', 'config', 'presenting'), NOTIFIER_PORT),
    {
      name: 'nothing-inside-imports-a-door',
      severity: 'error',
      from: { path: '^src/', pathNot: [DOORS, ROOTS] },
      to: { path: DOORS },
    },
    {
      name: 'doors-do-not-meet',
      severity: 'error',
      from: { path: String.raw`^(src/(?:web|cli)|bots)/`, pathNot: ROOTS },
      to: { path: DOORS, pathNot: '^$1/' },
    },
    {
      name: 'only-roots-import-the-root',
      severity: 'error',
      from: { path: '^(src|bots)/', pathNot: ROOTS },
      to: { path: ROOTS },
    },
    {
      name: 'adapter-only-by-its-module',
      comment:
        'An adapter is imported by a module file (an engine by the list of engines) or its own opener.',
      severity: 'error',
      from: {
        path: '^(src|bots)/',
        pathNot: [
          String.raw`^(src|bots)/.+/[^/]+\.module\.ts$`,
          String.raw`^src/scraping/image-sources\.ts$`,
          String.raw`/open-[^/]+\.ts$`,
        ],
      },
      to: { path: ADAPTERS },
    },
    {
      name: 'no-adapters-of-other-rooms',
      severity: 'error',
      from: { path: '^((?:src|bots)/[^/]+)/' },
      to: { path: ADAPTERS, pathNot: '^$1/' },
    },
    {
      name: 'system-clock-only-by-its-module',
      comment: 'All other files get a Clock injected.',
      severity: 'error',
      from: { path: '^(src|bots)/', pathNot: String.raw`^src/jobs/jobs\.module\.ts$` },
      to: { path: String.raw`^src/jobs/system-clock\.ts$` },
    },
    {
      name: 'native-image-code-only-in-child-programs',
      comment: 'Native code that meets hostile bytes must not crash the service.',
      severity: 'error',
      from: { path: '^(src|bots)/', pathNot: CHILD_PROGRAMS },
      to: { path: '(^|/)node_modules/sharp/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'child-programs-are-started-not-imported',
      severity: 'error',
      from: { path: '^(src|bots)/' },
      to: { path: CHILD_PROGRAMS },
    },
    {
      name: 'pure-files-have-no-effects',
      comment: 'A pure file imports only pure files, types and packages that only compute.',
      severity: 'error',
      from: { path: PURE },
      to: { pathNot: [PURE, PURE_PACKAGES, '^url$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^(src|bots)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'product-without-dev-packages',
      severity: 'error',
      from: { path: '^(src|bots)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      // tsc checks type-only imports.
      to: { couldNotResolve: true, dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
