import { readCommandLine, USAGE } from '../../../src/cli/command-line.js';
import { optionOf } from '../../../src/cli/more-options.js';
import { FILTER_FIELDS, OUTPUT_FIELDS } from '../../../src/jobs/request/request-fields.js';

const PLAIN = {
  count: '50',
  out: undefined,
  email: undefined,
  force: false,
  json: false,
  quiet: false,
  more: {},
};

describe('the command line', () => {
  it('takes a query of several words and its options in any order', () => {
    expect(
      readCommandLine(['red', 'panda', '--count', '7', '--out=x.zip', '--email', 'a@b.example']),
    ).toEqual({
      ok: true,
      command: { ...PLAIN, query: 'red panda', count: '7', out: 'x.zip', email: 'a@b.example' },
    });
  });

  it('takes the options of the output, also in short form', () => {
    const loud = readCommandLine(['owl', '-o', 'owl.zip', '--force', '--json']);
    expect(loud).toMatchObject({
      ok: true,
      command: { out: 'owl.zip', force: true, json: true, quiet: false },
    });
    const quiet = readCommandLine(['owl', '-fq', '--out', '-']);
    expect(quiet).toMatchObject({ ok: true, command: { out: '-', force: true, json: false, quiet: true } });
  });

  it('takes a list instead of a query, with words around its searches', () => {
    expect(readCommandLine(['--from', 'list.txt', '--prefix', 'photo of', '--suffix=at night'])).toEqual({
      ok: true,
      command: { ...PLAIN, from: 'list.txt', more: { prefix: 'photo of', suffix: 'at night' } },
    });
    expect(readCommandLine(['fox', '--from', '-'])).toMatchObject({
      ok: false,
      text: 'There is a query and a list (--from). Leave one of them out.',
    });
  });

  it('takes filters and options of the zip as fields of a request', () => {
    const words = [
      'owl',
      '--min-width',
      '800',
      '--color',
      'red',
      '--strip-metadata',
      '--allow-thumbnails',
      '--sites=a.example,b.example',
    ];
    expect(readCommandLine(words)).toMatchObject({
      ok: true,
      command: {
        more: {
          minWidth: '800',
          color: 'red',
          stripMetadata: true,
          allowThumbnails: true,
          sites: 'a.example,b.example',
        },
      },
    });
    expect(['withoutSites', 'count', 'query'].map(optionOf)).toEqual(['--without-sites', '--count', null]);
  });

  it('explains the option of every field', () => {
    const options = [...FILTER_FIELDS, ...OUTPUT_FIELDS].map((field) => optionOf(field) ?? 'none');
    expect(options.filter((option) => !USAGE.includes(`  ${option} `))).toEqual([]);
    expect(Math.max(...USAGE.split('\n').map(({ length }) => length))).toBeLessThan(115);
  });

  it('asks for 50 images by default', () => {
    expect(readCommandLine(['owl'])).toMatchObject({ ok: true, command: { count: '50', out: undefined } });
  });

  it.each([['--help'], ['-h'], ['owl', '--help']])('explains itself for %s %s', (...words) => {
    expect(readCommandLine(words)).toEqual({ ok: false, isHelp: true, text: USAGE });
  });

  it.each([
    [[], 'Say what to search for.'],
    [['owl', '--colour', 'red'], "Unknown option '--colour'. Did you mean --color?"],
    [['owl', '--qqqq'], "Unknown option '--qqqq'."],
    [['owl', '--count'], "'--count <value>' argument missing"],
    [['owl', '--json', '--out', '-'], '--json and --out - both want standard output.'],
  ])('says what is wrong with %j', (words, problem) => {
    const read = readCommandLine(words);
    expect(read).toMatchObject({ ok: false, isHelp: false, json: words.includes('--json') });
    expect(read.ok ? '' : read.text).toContain(problem);
  });
});
