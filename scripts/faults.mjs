// @ts-check
import { writeFileSync } from 'node:fs';
import { countJest } from './checks/counts.mjs';
import { faultRows, readFaultArguments } from './checks/fault-rows.mjs';
import { jestReport } from './checks/jest.mjs';
import { conclude } from './checks/run-checks.mjs';
import { describeFailure } from './setup/failure.mjs';
import { ROOT, setUp } from './setup/set-up.mjs';
import { SERVING, TESTING } from './setup/steps.mjs';

const { jsonFile, patterns, options } = readFaultArguments(process.argv.slice(2));
try {
  await setUp([...TESTING, ...SERVING]);
  const args = ['--runInBand', ...options, ...patterns];
  const { report, code } = await jestReport(ROOT, args, { ...process.env, FAULTS: 'long' });
  if (jsonFile !== null && report !== null)
    writeFileSync(jsonFile, `${JSON.stringify(faultRows(report), null, 2)}\n`);
  process.exitCode = conclude(countJest(report, code), { isCi: false });
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
