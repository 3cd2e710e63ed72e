import fc from 'fast-check';
import { FrameReader, frameOf } from '../../../src/imaging/child-process/message-frames.js';

const SAID = {
  kind: 'decoded',
  id: 7,
  width: 320,
  nothing: null,
  view: Buffer.from([1, 2, 3]),
  none: Buffer.alloc(0),
};

function readIn(pieces: readonly Buffer[], mostBytes = 10_000): unknown[] {
  const reader = new FrameReader(mostBytes);
  return pieces.flatMap((piece) => [...reader.read(piece)]);
}

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % bytes.length))].toSorted(
    (one, other) => one - other,
  );
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

describe('message frames', () => {
  it('arrive unchanged, however the pipe cuts them', () => {
    const bytes = Buffer.concat([...frameOf(SAID), ...frameOf({ kind: 'ready' }), ...frameOf(SAID)]);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (places) => {
        expect(readIn(cutAt(bytes, places))).toEqual([SAID, { kind: 'ready' }, SAID]);
      }),
    );
  });

  it.each([
    ['bytes that are no frame', Buffer.alloc(64, 0xff), 'a message of'],
    ['JSON of something else', frameOfJson('[]'), 'iterable'],
    ['no JSON', frameOfJson('{"fields":'), 'JSON'],
    ['a field that is longer than the message', frameOfJson('{"fields":{},"lengths":[["view",9]]}'), 'fit'],
    ['a field of negative length', frameOfJson('{"fields":{},"lengths":[["a",-1],["b",1]]}'), 'length'],
    ['a field of no length', frameOfJson('{"fields":{},"lengths":[["view"]]}'), 'length'],
  ])('refuse %s', (_what, bytes, why) => {
    expect(() => readIn([bytes])).toThrow(why);
  });

  it('refuse a message that is too long as soon as its head arrives', () => {
    const [head = Buffer.alloc(0)] = frameOf({ view: Buffer.alloc(2000) });
    expect(() => readIn([head], 1000)).toThrow('bytes');
  });
});

function frameOfJson(json: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(json.length, 0);
  return Buffer.concat([head, Buffer.from(json)]);
}
