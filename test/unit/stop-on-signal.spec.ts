import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const MODULE = new URL('../../src/stop-on-signal.ts', import.meta.url).href;
const OPTIONS = ['--experimental-transform-types', '--no-warnings', '--input-type=module', '--eval'];

/** A process with an application whose `close` runs this code; counts the calls and prints the log. */
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

/** @returns the exit code, and the output after the signals */
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

describe('a process that gets a signal to stop', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'closes on %s and exits with 0 by itself',
    async (signal) => {
      const end = await ended('clearInterval(busy)', BY_SIGNAL, [signal]);
      expect(end).toEqual({ code: 0, lines: ['close 1'] });
    },
  );

  it('closes once, however many signals it gets', async () => {
    const slowly = 'await new Promise((done) => setTimeout(done, 300)); clearInterval(busy)';
    const end = await ended(slowly, BY_SIGNAL, ['SIGTERM', 'SIGINT', 'SIGTERM']);
    expect(end).toEqual({ code: 0, lines: ['close 1'] });
  });

  it('exits with 1 and logs it if something stays open', async () => {
    const end = await ended('', BY_SIGNAL, ['SIGTERM']);
    expect(end).toEqual({ code: 1, lines: ['close 1', SAYS_OPEN] });
  });

  it('exits with 1 and logs it if closing fails', async () => {
    const end = await ended('clearInterval(busy); throw new Error("no")', BY_SIGNAL, ['SIGTERM']);
    expect(end).toEqual({ code: 1, lines: ['close 1', SAYS_DISORDER] });
  });
});

describe('a process that cannot start', () => {
  it('closes the started application and exits with 1 by itself', async () => {
    const end = await ended('clearInterval(busy)', BY_FAILURE);
    expect(end).toEqual({ code: 1, lines: ['close 1'] });
  });

  it('exits with 1 by itself if nothing had started', async () => {
    const end = await ended('', `clearInterval(busy); ${BY_EARLY_FAILURE}`);
    expect(end).toEqual({ code: 1, lines: [] });
  });

  it('exits with 1 and logs it if something stays open', async () => {
    const end = await ended('', BY_EARLY_FAILURE);
    expect(end).toEqual({ code: 1, lines: [SAYS_OPEN] });
  });

  it('exits with 1 and logs it if closing the started application fails', async () => {
    const failing = 'clearInterval(busy); throw new Error("no")';
    const end = await ended(failing, BY_FAILURE);
    expect(end).toEqual({ code: 1, lines: ['close 1', SAYS_DISORDER] });
  });
});
