// @ts-check
import { IS_CI } from '../process/is-ci.mjs';
import { SetUpFailure, describeFailure } from './failure.mjs';

/**
 * The install of a step that only tests need: outside of CI a failure is only reported, and these tests are skipped.
 * @param {(root: string) => Promise<void>} install
 * @returns {(root: string) => Promise<void>}
 */
export function forTests(install) {
  return async (root) => {
    try {
      await install(root);
    } catch (error) {
      if (IS_CI || !(error instanceof SetUpFailure)) throw error;
      process.stderr.write(describeFailure(error));
    }
  };
}
