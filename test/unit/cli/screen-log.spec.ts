import { PassThrough } from 'node:stream';
import { PlainLog } from '../../../src/cli/plain-log.js';

function shownOf(text: string, isTTY = false): string {
  const screen = Object.assign(new PassThrough(), { isTTY });
  new PlainLog(screen).write(text);
  return String(screen.read());
}

describe('the log beside a progress bar', () => {
  it('is one short line for each, with the reason and without a stack', () => {
    const err = { message: 'source.blocked', stack: 'AppError: source.blocked\n    at …' };
    const lines = [
      { level: 'warn', time: '2026-11-28T12:00:00Z', msg: 'an engine ended early', err },
      { level: 'error', msg: 'odd', err: { message: 'odd' } },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(shownOf(text)).toBe('warn: an engine ended early (source.blocked)\nerror: odd\n');
  });

  it('clears the bar it writes over on a terminal', () => {
    expect(shownOf('{"level":"warn","msg":"slow"}\n', true)).toBe('\r\u001B[Kwarn: slow\n');
  });

  it.each(['not JSON', '3', 'null', '{"level":"warn"}'])('shows %s as it is', (line) => {
    expect(shownOf(`${line}\n`)).toBe(`${line}\n`);
  });
});
