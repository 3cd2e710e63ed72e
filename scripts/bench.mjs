// @ts-check
import { run } from './process/run.mjs';
import { describeFailure } from './setup/failure.mjs';
import { productNode } from './setup/product.mjs';
import { ROOT, setUp } from './setup/set-up.mjs';
import { SERVING } from './setup/steps.mjs';

try {
  await setUp(SERVING);
  const [node, ...options] = productNode(ROOT);
  const { code } = await run(node, [...options, 'test/bench/main.ts', ...process.argv.slice(2)], {
    cwd: ROOT,
  });
  process.exitCode = code;
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
