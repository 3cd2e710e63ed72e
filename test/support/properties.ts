import * as fc from 'fast-check';
import { IS_LONG } from './service/fault-length.js';

/** An arbitrary seed: the properties are known to hold for its values. */
const SEED = 20_261_128;

// The short run always tries the same values, so that only a change can make it fail. The long run tries new
// values each time and reports the seed if it fails.
if (!IS_LONG) fc.configureGlobal({ seed: SEED });

export { fc };
