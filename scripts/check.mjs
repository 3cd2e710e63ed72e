// @ts-check
import { boundaries, build, format, lint, structure, types, writeFormat } from './checks/checks.mjs';
import { runChecks } from './checks/run-checks.mjs';
import { describeFailure } from './setup/failure.mjs';
import { packages } from './setup/packages.mjs';
import { ROOT, setUp } from './setup/set-up.mjs';

/** @type {Readonly<Record<string, readonly import('./checks/checks.mjs').Check[]>>} */
const TASKS = { build: [build], lint: [format, lint, boundaries, structure, types], format: [writeFormat] };

try {
  await setUp([packages]);
  const counts = await runChecks(TASKS[process.argv[2] ?? ''] ?? [], ROOT);
  process.exitCode = counts.failed === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
