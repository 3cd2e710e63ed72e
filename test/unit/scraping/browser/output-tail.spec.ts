import { PassThrough } from 'node:stream';
import { lastLinesOf, OutputTail, tellingLineOf } from '../../../../src/scraping/browser/output-tail.js';

const FATAL =
  '[1:1:1130/112655.337923:FATAL:chrome/browser/process_singleton_posix.cc:315] Socket path too long: /tmp/x';
const EVERYDAY = [
  '[1:2:1130/112658.5:ERROR:dbus/bus.cc:405] Failed to connect to the bus: No such file or directory',
  '[1:1:1130/112659.2:WARNING:sandbox/policy/linux/sandbox_linux.cc:405] InitializeSandbox() called',
  '[1130/112655.4:ERROR:third_party/crashpad/crashpad/util/file/file_io_posix.cc:145] open /sys/devices: No such file',
];
const TRACE = ['#0 0x55e71e0de9be <unknown>', '#12 0x55e71e0a0113 <unknown>', '[end of stack trace]'];
const REGISTERS = '  r8: 00007ffd1e3f3b40  r9: 0000000000000000 r10: 0000000000000008 r11: 0000000000000246';

describe('the last lines of an output', () => {
  it.each([
    ['nothing', '', []],
    ['a line without an end', 'a', ['a']],
    ['empty lines', '\n\na\n \nb\n\n', ['a', 'b']],
    ['stack traces and registers', [FATAL, ...TRACE, REGISTERS, 'b'].join('\n'), [FATAL, 'b']],
    ['colours and control characters', '\u001b[31mred\u001b[0m\u0007\r\n', ['red']],
  ])('are right for %s', (_what, text, lines) => {
    expect(lastLinesOf(text)).toEqual(lines);
  });

  it('are at most 20', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    expect(lastLinesOf(lines.join('\n'))).toEqual(lines.slice(-20));
  });

  it('are at most 2,000 characters', () => {
    expect(lastLinesOf('x'.repeat(100_000)).join('\n')).toHaveLength(2000);
  });

  it('are those of an ended stream, in whatever pieces it comes', async () => {
    const stream = new PassThrough();
    const tail = new OutputTail(stream);
    for (const character of 'ä first\nlast') stream.write(Buffer.from(character));
    stream.end();
    await expect(tail.linesAtEnd()).resolves.toEqual(['ä first', 'last']);
  });

  it('are those so far if the stream does not end', async () => {
    const stream = new PassThrough();
    const tail = new OutputTail(stream);
    stream.write('until now');
    await expect(tail.linesAtEnd()).resolves.toEqual(['until now']);
  });

  it('are read and dropped once nobody needs them', async () => {
    const stream = new PassThrough({ highWaterMark: 10 });
    const tail = new OutputTail(stream);
    tail.forget();
    stream.end('more than fits into what nobody reads');
    await expect(tail.linesAtEnd()).resolves.toEqual([]);
    expect(stream.readableLength).toBe(0);
  });
});

describe('the most telling line', () => {
  it.each([
    ['what is fatal, wherever it stands', [FATAL, ...EVERYDAY, 'b'], FATAL],
    ['the last that is not said every day', ['a', 'b', ...EVERYDAY], 'b'],
    ['the last, where all is said every day', EVERYDAY, EVERYDAY.at(-1)],
    ['none, where nothing was said', [], null],
    ['cut where it is long', ['x'.repeat(1000)], 'x'.repeat(300)],
  ])('is %s', (_what, lines, telling) => {
    expect(tellingLineOf(lines)).toBe(telling);
  });
});
