// @ts-check
import { conclude } from './checks/run-checks.mjs';
import { runJest } from './checks/jest.mjs';
import { describeFailure } from './setup/failure.mjs';
import { ROOT, setUp } from './setup/set-up.mjs';
import { SERVING, TESTING } from './setup/steps.mjs';

// Names run only those suites: `npm run test:faults -- kill clock`. Options go to Jest as they are.
const args = process.argv.slice(2).map((arg) => (arg.startsWith('-') ? arg : `test/faults/.*${arg}`));
try {
  await setUp([...TESTING, ...SERVING]);
  const wanted = args.length > 0 ? args : ['test/faults/'];
  const counts = await runJest(ROOT, ['--runInBand', ...wanted], { ...process.env, FAULTS: 'long' });
  process.exitCode = conclude(counts, { isCi: false });
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
