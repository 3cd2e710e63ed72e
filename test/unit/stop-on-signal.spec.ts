import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const MODULE = new URL('../../src/stop-on-signal.ts', import.meta.url).href;
const OPTIONS = ['--experimental-transform-types', '--no-warnings', '--input-type=module', '--eval'];

/** A process with an application whose `close` does this; counts the calls, and prints what is logged. */
const program = (close: string): string => `
  import { stopOnSignal } from ${JSON.stringify(MODULE)};
  let closed = 0;
  const busy = setInterval(() => {}, 1000);
  const app = { close: async () => { console.log('close ' + ++closed); ${close} } };
  stopOnSignal(app, { error: (_facts, why) => console.log('log ' + why) });
  console.log('ready');
`;

/** @returns how it ended and what it printed after the signals */
async function stopped(close: string, signals: readonly NodeJS.Signals[]) {
  const child = spawn(process.execPath, [...OPTIONS, program(close)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  await once(output, 'line');
  output.on('line', (line) => lines.push(line));
  const ended = once(child, 'close');
  for (const signal of signals) child.kill(signal);
  const [code] = await ended;
  return { code: Number(code), lines };
}

describe('a process that is asked to stop', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'closes by %s and ends with 0 by itself',
    async (signal) => {
      expect(await stopped('clearInterval(busy)', [signal])).toEqual({ code: 0, lines: ['close 1'] });
    },
  );

  it('closes once, however often it is asked to', async () => {
    const slowly = 'await new Promise((done) => setTimeout(done, 300)); clearInterval(busy)';
    const ended = await stopped(slowly, ['SIGTERM', 'SIGINT', 'SIGTERM']);
    expect(ended).toEqual({ code: 0, lines: ['close 1'] });
  });

  it('ends with 1 and says so where something stays open', async () => {
    const said = 'log something was still open when the service had been closed';
    expect(await stopped('', ['SIGTERM'])).toEqual({ code: 1, lines: ['close 1', said] });
  });

  it('ends with 1 and says so where it cannot be closed in good order', async () => {
    const said = 'log the service was not closed in good order';
    const ended = await stopped('clearInterval(busy); throw new Error("no")', ['SIGTERM']);
    expect(ended).toEqual({ code: 1, lines: ['close 1', said] });
  });
});
