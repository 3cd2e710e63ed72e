// @ts-check
import { CHECKS } from './checks/checks.mjs';
import { ONE_FAILURE } from './checks/counts.mjs';
import { runJest } from './checks/jest.mjs';
import { conclude, runChecks } from './checks/run-checks.mjs';
import { tryAgain } from './checks/try-again.mjs';
import { IS_CI } from './process/is-ci.mjs';
import { build } from './setup/build.mjs';
import { describeFailure } from './setup/failure.mjs';
import { ROOT, setUp } from './setup/set-up.mjs';
import { TESTING } from './setup/steps.mjs';

process.exitCode = conclude(await test(process.argv.slice(2)), { isCi: IS_CI });

/**
 * @param {readonly string[]} args of Jest; if given, only Jest runs, and only on these tests
 * @returns {Promise<import('./checks/counts.mjs').Counts>}
 */
async function test(args) {
  try {
    await setUp(TESTING);
    if (args.length > 0) await setUp([build]);
    const counts = args.length > 0 ? await runJest(ROOT, args) : await runChecks(CHECKS, ROOT);
    return IS_CI ? await tryAgain(counts, ROOT) : counts;
  } catch (error) {
    process.stdout.write(describeFailure(error));
    return ONE_FAILURE;
  }
}
