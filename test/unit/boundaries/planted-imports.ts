/** A forbidden import: the rule that must report it, the file that holds it and what it imports. */
export interface Planted {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const planted = (rule: string, from: string, to: string): Planted => ({ rule, from, to });

/** At least one import for each rule of the boundaries. */
export const PLANTED: readonly Planted[] = [
  planted('no-cycles', 'src/expiry/first.ts', 'src/expiry/second.ts'),
  planted('engines-know-no-room', 'src/engines/engines.ts', 'src/config/values.ts'),
  planted('config-knows-no-room', 'src/config/reader.ts', 'src/jobs/job.ts'),
  planted('jobs-know-no-adapter', 'src/jobs/too-curious.ts', 'src/pipeline/run-job.ts'),
  planted('storage-knows-jobs-and-config', 'src/storage/rows.ts', 'src/zipping/zip.ts'),
  planted(
    'imaging-knows-jobs-and-config',
    'src/imaging/room.ts',
    'src/downloading/attempts/download-task.ts',
  ),
  planted('scheduling-knows-jobs-and-config', 'src/scheduling/tick.ts', 'src/pipeline/run-job.ts'),
  planted('limits-know-jobs-and-config', 'src/limits/count.ts', 'src/validation/zones.ts'),
  planted('intake-stands-before-jobs', 'src/intake/take.ts', 'src/storage/sqlite.job-store.ts'),
  planted('presenting-knows-jobs-and-links', 'src/presenting/job.ts', 'src/expiry/sweeper.ts'),
  planted('web-door', 'src/web/page.ts', 'src/pipeline/run-job.ts'),
  planted('web-door', 'src/web/page.ts', 'src/zipping/zip.ts'),
  planted('bots-door', 'bots/slack/answer.ts', 'src/expiry/links.ts'),
  planted('cli-door', 'src/cli/bar.ts', 'src/downloading/fetch.ts'),
  planted('nothing-inside-imports-a-door', 'src/pipeline/peek.ts', 'src/web/page.ts'),
  planted('nothing-inside-imports-a-door', 'src/notifications/peek.ts', 'bots/slack/answer.ts'),
  planted('doors-do-not-meet', 'src/web/chat.ts', 'bots/slack/answer.ts'),
  planted('only-roots-import-the-root', 'src/limits/reach.ts', 'src/app.module.ts'),
  planted('adapter-only-by-its-module', 'src/pipeline/shortcut.ts', 'src/storage/sqlite.job-store.ts'),
  planted('adapter-only-by-its-module', 'src/pipeline/shortcut.ts', 'src/storage/sqlite/open-sqlite.ts'),
  planted('adapter-only-by-its-module', 'src/scraping/race.ts', 'src/scraping/google/google.image-source.ts'),
  planted('no-adapters-of-other-rooms', 'src/expiry/expiry.module.ts', 'src/storage/sqlite.job-store.ts'),
  planted('system-clock-only-by-its-module', 'src/limits/now.ts', 'src/jobs/system-clock.ts'),
  planted('native-image-code-only-in-child-programs', 'src/zipping/strip.ts', 'sharp'),
  planted(
    'child-programs-are-started-not-imported',
    'src/imaging/strip.ts',
    'src/imaging/strips/strip-child.ts',
  ),
  planted('pure-files-have-no-effects', 'src/jobs/job-states.ts', 'fs'),
  planted('pure-files-have-no-effects', 'bots/conversation/command.ts', 'src/validation/zones.ts'),
  planted('pure-files-have-no-effects', 'src/scraping/flickr/flickr-answer.ts', 'fs'),
  planted('product-without-tests', 'src/limits/cheat.ts', 'test/support/fake.ts'),
  planted('product-without-dev-packages', 'src/limits/dev.ts', 'typescript'),
  planted('everything-resolves', 'src/limits/lost.ts', './nowhere.js'),
];

/** The second import of the planted cycle, which is reported once. */
export const WAY_BACK = planted('', 'src/expiry/second.ts', 'src/expiry/first.ts');

/** Imports that the same rules allow. */
export const ALLOWED: readonly Planted[] = [
  planted('', 'src/app.module.ts', 'src/web/page.ts'),
  planted('', 'src/app.module.ts', 'bots/slack/answer.ts'),
  planted('', 'src/cli/main.ts', 'src/pipeline/run-job.ts'),
  planted('', 'src/jobs/reader.ts', 'src/config/values.ts'),
  planted('', 'src/config/reader.ts', 'src/engines/engines.ts'),
  planted('', 'src/storage/rows.ts', 'src/engines/engines.ts'),
  planted('', 'src/storage/storage.module.ts', 'src/storage/sqlite.job-store.ts'),
  planted('', 'src/storage/storage.module.ts', 'src/storage/sqlite/open-sqlite.ts'),
  planted('', 'src/storage/sqlite.job-store.ts', 'src/jobs/job.ts'),
  planted('', 'src/scraping/image-sources.ts', 'src/scraping/google/google.image-source.ts'),
  planted('', 'src/web/download.ts', 'src/zipping/archive-store.port.ts'),
  planted('', 'src/web/download.ts', 'src/expiry/links.ts'),
  planted('', 'src/intake/take.ts', 'src/limits/counts.ts'),
  planted('', 'src/presenting/job.ts', 'src/expiry/links.ts'),
  planted('', 'src/web/page.ts', 'src/presenting/job.ts'),
  planted('', 'bots/slack/ask.ts', 'src/intake/take.ts'),
  planted('', 'bots/slack/slack.notifier.ts', 'src/notifications/notifier.port.ts'),
  planted('', 'bots/conversation/command.ts', 'src/jobs/job.ts'),
  planted('', 'src/jobs/jobs.module.ts', 'src/jobs/system-clock.ts'),
  planted('', 'src/zipping/zip.ts', 'fs'),
  planted('', 'src/imaging/strips/strip-child.ts', 'sharp'),
];
