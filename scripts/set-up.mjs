// @ts-check
import { describeFailure } from './setup/failure.mjs';
import { setUp } from './setup/set-up.mjs';
import { SERVING } from './setup/steps.mjs';

try {
  await setUp(SERVING);
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exit(1);
}
