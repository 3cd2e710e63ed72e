// @ts-check

/** Whether this runs on a build server, where no test may be skipped. */
export const IS_CI = /^(true|1)$/i.test(process.env['CI'] ?? '');
