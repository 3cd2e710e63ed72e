import { lackChecks } from '../../../src/operations/lack-reports.js';

describe('missing engines and chats that jobs ask for', () => {
  it.each([
    [[], []],
    [['slack'], ['bing', 'commons']],
  ] as const)('impairs the service and does not end it: %j, %j', async (unserved, names) => {
    const checks = lackChecks({ unserved }, { names });
    const signal = new AbortController().signal;
    const found = await Promise.all(checks.map(async ({ name, check }) => [name, await check(signal)]));
    const impaired = (what: readonly string[]) =>
      what.length === 0
        ? undefined
        : { impaired: `asked for by jobs, but not set up here: ${what.join(', ')}` };
    expect(found).toEqual([
      ['channels', impaired(unserved)],
      ['engines', impaired(names)],
    ]);
  });
});
