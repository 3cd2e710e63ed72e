import { PassThrough } from 'node:stream';
import { Screen, type ScreenOptions } from '../../../src/cli/screen.js';
import { TerminalReplica } from '../../support/terminal-replica.js';

const LIVE: ScreenOptions = { canRedraw: true, isQuiet: false };

function screenOf(options: Partial<ScreenOptions> = {}, isTTY = true, columns = 40) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns });
  const screen = new Screen(stream, { ...LIVE, ...options });
  const written = (): string => String(stream.read() ?? '');
  /** The final content of a terminal with this many columns. */
  const seen = (): string[] => new TerminalReplica(stream.columns).write(written()).lines;
  return { stream, screen, written, seen };
}

describe('the screen of a terminal', () => {
  it('keeps the status below new lines, each of them whole', () => {
    const { screen, seen } = screenOf();
    screen.show(() => '#####----- 12/50');
    screen.complain('warn: an engine ended early');
    screen.say('another line');
    screen.show(() => '######---- 13/50');
    expect(seen()).toEqual(['warn: an engine ended early', 'another line', '######---- 13/50']);
  });

  it('leaves nothing of a longer status behind a shorter one, and nothing at the end', () => {
    const { screen, seen } = screenOf();
    screen.show(() => 'downloading 12/50, 100 found');
    screen.show(() => 'zipping');
    screen.endStatus();
    screen.say('Done.');
    expect(seen()).toEqual(['Done.']);
  });

  it('redraws the status in the new width when the window changes', () => {
    const { stream, screen, seen } = screenOf();
    screen.show((columns) => `${columns} columns`);
    stream.columns = 25;
    stream.emit('resize');
    expect(seen()).toEqual(['25 columns']);
    screen.endStatus();
    expect(stream.listenerCount('resize')).toBe(0);
  });

  it('assumes 80 columns if the terminal does not report its width', () => {
    const { screen, seen } = screenOf({}, true, 0);
    screen.show((columns) => `${columns} columns`);
    expect(seen()).toEqual(['80 columns']);
  });

  it('keeps foreign text from moving the cursor, colouring the rest or reversing its direction', () => {
    const { screen, written } = screenOf();
    screen.say('\u001B[2J\u001B]0;title\u0007red\r panda \u202Egnp.exe\u2066\u009B1m\nnext');
    expect(written()).toBe(' [2J ]0;title red  panda  gnp.exe 1m\nnext\n');
  });

  it('shows only complaints if it is quiet', () => {
    const { screen, seen } = screenOf({ isQuiet: true });
    screen.show(() => '12/50');
    screen.say('good to know');
    screen.complain('has to be known');
    expect(seen()).toEqual(['has to be known']);
  });
});

describe('the screen without redrawing', () => {
  it.each([
    ['a file', {}, false],
    ['a build server, a dumb terminal', { canRedraw: false }, true],
  ])('is lines without any code, now and then one of the status: %s', (_what, options, isTTY) => {
    let now = 0;
    const { screen, written } = screenOf({ ...options, now: () => now }, isTTY);
    const show = (text: string, afterMs: number): void => {
      now += afterMs;
      screen.show((columns) => `${text} ${columns}`);
    };
    show('1/50', 0);
    show('2/50', 1999);
    screen.complain('warn: slow');
    show('3/50', 1);
    show('3/50', 5000);
    show('4/50', 0);
    screen.endStatus();
    expect(written()).toBe('1/50 null\nwarn: slow\n3/50 null\n4/50 null\n');
  });
});
