import type { Layout } from './layout.js';

/** All images at the top of the archive. */
export const flatLayout: Layout = { folderOf: () => '', filesOf: () => [] };
