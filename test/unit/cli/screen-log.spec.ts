import { ScreenLog } from '../../../src/cli/screen-log.js';

function shownOf(text: string, isWhole = false): string[] {
  const shown: string[] = [];
  new ScreenLog({ complain: (line) => void shown.push(line) }, isWhole).write(text);
  return shown;
}

describe('the log on the screen', () => {
  it('is one short line per entry, with reason and facts and without a stack', () => {
    const err = { message: 'source.blocked', stack: 'AppError: source.blocked\n    at …' };
    const lines = [
      {
        level: 'warn',
        time: '2026-11-28T12:00:00Z',
        context: 'searchEngines',
        jobId: 'ab',
        engine: 'bing',
        tries: 1,
        msg: 'an engine ended early',
        err,
      },
      { level: 'error', msg: 'odd', err: { message: 'odd' }, more: {} },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    expect(shownOf(text)).toEqual([
      'warn: an engine ended early (source.blocked, engine bing, tries 1)',
      'error: odd',
    ]);
  });

  it('is shown unchanged if everything is asked for', () => {
    expect(shownOf('{"level":"debug","msg":"slow"}\n', true)).toEqual(['{"level":"debug","msg":"slow"}']);
  });

  it.each(['not JSON', '3', 'null', '{"level":"warn"}'])('shows %s unchanged', (line) => {
    expect(shownOf(`${line}\n`)).toEqual([line]);
  });
});
