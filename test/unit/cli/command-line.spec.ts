import { readCommandLine, USAGE } from '../../../src/cli/command-line.js';

describe('the command line', () => {
  it('takes a query of several words and its options in any order', () => {
    expect(readCommandLine(['red', 'panda', '--count', '7', '--out=x.zip', '--email', 'a@b.example'])).toEqual({
      ok: true,
      command: { query: 'red panda', count: '7', out: 'x.zip', email: 'a@b.example' },
    });
  });

  it('asks for 50 images where no number is given', () => {
    expect(readCommandLine(['owl'])).toMatchObject({ ok: true, command: { count: '50', out: undefined } });
  });

  it.each([['--help'], ['-h'], ['owl', '--help']])('explains itself for %s %s', (...words) => {
    expect(readCommandLine(words)).toEqual({ ok: false, isHelp: true, text: USAGE });
  });

  it.each([
    [[], 'Say what to search for.'],
    [['owl', '--colour', 'red'], "Unknown option '--colour'"],
    [['owl', '--count'], "'--count <value>' argument missing"],
  ])('says what is wrong with %j', (words, problem) => {
    const read = readCommandLine(words);
    expect(read).toMatchObject({ ok: false, isHelp: false });
    expect(read.ok ? '' : read.text).toContain(problem);
    expect(read.ok ? '' : read.text).toContain('Usage:');
  });
});
