// @ts-check

/** Whether this runs on a build server, where nothing may be left out. */
export const IS_CI = /^(true|1)$/i.test(process.env['CI'] ?? '');
