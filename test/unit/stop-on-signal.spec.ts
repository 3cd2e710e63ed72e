import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const MODULE = new URL('../../src/stop-on-signal.ts', import.meta.url).href;
const OPTIONS = ['--experimental-transform-types', '--no-warnings', '--input-type=module', '--eval'];

/** A process with an application whose `close` does this; counts the calls, and prints what is logged. */
const program = (close: string, then: string): string => `
  import { stopAfterFailure, stopOnSignal } from ${JSON.stringify(MODULE)};
  let closed = 0;
  const busy = setInterval(() => {}, 1000);
  const app = { close: async () => { console.log('close ' + ++closed); ${close} } };
  const log = { error: (_facts, why) => console.log('log ' + why) };
  ${then}
`;

const READY = "console.log('ready');";
const BY_SIGNAL = `stopOnSignal(app, log); ${READY}`;
const BY_FAILURE = `${READY} await stopAfterFailure(app, log);`;
const BY_EARLY_FAILURE = `${READY} await stopAfterFailure(null, log);`;
const SAYS_OPEN = 'log something was still open when the service had been closed';
const SAYS_DISORDER = 'log the service was not closed in good order';

/** @returns how it ended and what it printed after the signals */
async function ended(close: string, then: string, signals: readonly NodeJS.Signals[] = []) {
  const child = spawn(process.execPath, [...OPTIONS, program(close, then)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const closed = once(child, 'close');
  await once(output, 'line');
  for (const signal of signals) child.kill(signal);
  const [code] = await closed;
  return { code: Number(code), lines: lines.slice(1) };
}

describe('a process that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'closes by %s and ends with 0 by itself',
    async (signal) => {
      const end = await ended('clearInterval(busy)', BY_SIGNAL, [signal]);
      expect(end).toEqual({ code: 0, lines: ['close 1'] });
    },
  );

  it('closes once, however often it is asked to', async () => {
    const slowly = 'await new Promise((done) => setTimeout(done, 300)); clearInterval(busy)';
    const end = await ended(slowly, BY_SIGNAL, ['SIGTERM', 'SIGINT', 'SIGTERM']);
    expect(end).toEqual({ code: 0, lines: ['close 1'] });
  });

  it('ends with 1 and says so where something stays open', async () => {
    const end = await ended('', BY_SIGNAL, ['SIGTERM']);
    expect(end).toEqual({ code: 1, lines: ['close 1', SAYS_OPEN] });
  });

  it('ends with 1 and says so where it cannot be closed in good order', async () => {
    const end = await ended('clearInterval(busy); throw new Error("no")', BY_SIGNAL, ['SIGTERM']);
    expect(end).toEqual({ code: 1, lines: ['close 1', SAYS_DISORDER] });
  });
});

describe('a process that cannot start', () => {
  it('closes what had begun and ends with 1 by itself', async () => {
    const end = await ended('clearInterval(busy)', BY_FAILURE);
    expect(end).toEqual({ code: 1, lines: ['close 1'] });
  });

  it('ends with 1 by itself where nothing had begun', async () => {
    const end = await ended('', `clearInterval(busy); ${BY_EARLY_FAILURE}`);
    expect(end).toEqual({ code: 1, lines: [] });
  });

  it('ends with 1 and says so where something stays open', async () => {
    const end = await ended('', BY_EARLY_FAILURE);
    expect(end).toEqual({ code: 1, lines: [SAYS_OPEN] });
  });

  it('ends with 1 and says so where what had begun cannot be closed in good order', async () => {
    const failing = 'clearInterval(busy); throw new Error("no")';
    const end = await ended(failing, BY_FAILURE);
    expect(end).toEqual({ code: 1, lines: ['close 1', SAYS_DISORDER] });
  });
});
