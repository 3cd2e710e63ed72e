// @ts-check
import { browser } from './browser.mjs';
import { build } from './build.mjs';
import { cassandra } from './cassandra.mjs';
import { packages } from './packages.mjs';
import { zipTools } from './zip-tools.mjs';

/** What serving needs, in the order it is set up. A new step is one file and one line here. */
export const SERVING = [packages, browser, build];

/** What the tests need; they build by themselves, as one of the checks. */
export const TESTING = [packages, browser, zipTools, cassandra];
