// @ts-check
import { browser } from './browser.mjs';
import { build } from './build.mjs';
import { cassandra } from './cassandra.mjs';
import { packages } from './packages.mjs';
import { training } from './training.mjs';
import { zipTools } from './zip-tools.mjs';

/** Steps that serving needs, in order. A new step is one file and one line here. */
export const SERVING = [packages, browser, build];

/** Steps that the tests need; the build is one of their checks. */
export const TESTING = [packages, browser, zipTools, cassandra, training];
