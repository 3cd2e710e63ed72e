import { PassThrough } from 'node:stream';
import { Screen, type ScreenOptions } from '../../../src/cli/screen.js';
import { TerminalReplica } from '../../support/terminal-replica.js';

const LIVE: ScreenOptions = { canRedraw: true, isQuiet: false };

function screenOf(options: Partial<ScreenOptions> = {}, isTTY = true, columns = 40) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns });
  const screen = new Screen(stream, { ...LIVE, ...options });
  const written = (): string => String(stream.read() ?? '');
  /** What is to be seen in the end, in a terminal of that many columns. */
  const seen = (): string[] => new TerminalReplica(stream.columns).write(written()).lines;
  return { stream, screen, written, seen };
}

describe('the screen of a terminal', () => {
  it('keeps the status below the lines that come meanwhile, each whole', () => {
    const { screen, seen } = screenOf();
    screen.show(() => '#####----- 12/50');
    screen.complain('warn: an engine ended early');
    screen.say('another line');
    screen.show(() => '######---- 13/50');
    expect(seen()).toEqual(['warn: an engine ended early', 'another line', '######---- 13/50']);
  });

  it('leaves nothing of a longer status behind a shorter one, and none of it at the end', () => {
    const { screen, seen } = screenOf();
    screen.show(() => 'downloading 12/50, 100 found');
    screen.show(() => 'zipping');
    screen.endStatus();
    screen.say('Done.');
    expect(seen()).toEqual(['Done.']);
  });

  it('draws the status anew, as wide as it now is, when the window changes', () => {
    const { stream, screen, seen } = screenOf();
    screen.show((columns) => `${columns} columns`);
    stream.columns = 25;
    stream.emit('resize');
    expect(seen()).toEqual(['25 columns']);
    screen.endStatus();
    expect(stream.listenerCount('resize')).toBe(0);
  });

  it('counts on 80 columns where the terminal does not know its own', () => {
    const { screen, seen } = screenOf({}, true, 0);
    screen.show((columns) => `${columns} columns`);
    expect(seen()).toEqual(['80 columns']);
  });

  it('lets no text of others move the cursor, colour what follows or turn its direction', () => {
    const { screen, written } = screenOf();
    screen.say('\u001B[2J\u001B]0;title\u0007red\r panda \u202Egnp.exe\u2066\u009B1m\nnext');
    expect(written()).toBe(' [2J ]0;title red  panda  gnp.exe 1m\nnext\n');
  });

  it('shows only complaints where it has to be quiet', () => {
    const { screen, seen } = screenOf({ isQuiet: true });
    screen.show(() => '12/50');
    screen.say('good to know');
    screen.complain('has to be known');
    expect(seen()).toEqual(['has to be known']);
  });
});

describe('the screen where nothing can be written over', () => {
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
