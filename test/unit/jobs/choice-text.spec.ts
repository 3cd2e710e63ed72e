import { chosenCount, decodeChoice, encodeChoice } from '../../../src/jobs/choice/choice-text.js';
import { fc } from '../../support/properties.js';

const OURS = { sha256: 'ab'.repeat(32), count: 20 };

const aCount = fc.integer({ min: 1, max: 2100 });
const aPick = aCount.chain((count) =>
  fc.record({
    count: fc.constant(count),
    picked: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 200 }),
  }),
);

describe('the text of a choice', () => {
  it('gives back the chosen images of its archive, in order', () => {
    fc.assert(
      fc.property(aPick, ({ count, picked }) => {
        const text = encodeChoice(picked, { ...OURS, count });
        expect(decodeChoice(text, { ...OURS, count })).toEqual(picked.toSorted((a, b) => a - b));
        expect(chosenCount(text)).toBe(picked.length);
      }),
    );
  });

  it('is short enough for addresses', () => {
    const all = Array.from({ length: 2000 }, (_, index) => index);
    expect(encodeChoice(all, { ...OURS, count: 2000 })).toHaveLength(339);
  });

  it.each([
    ['of another archive', encodeChoice([3], { ...OURS, sha256: 'cd'.repeat(32) }), 'choice.other_job'],
    ['of another number of images', encodeChoice([3], { ...OURS, count: 100 }), 'choice.other_job'],
    ['cut off', encodeChoice([3], OURS).slice(0, 4), 'choice.other_job'],
    ['with other letters', `${encodeChoice([3], OURS)}=`, 'choice.unreadable'],
    ['of nothing at all', '', 'choice.unreadable'],
    ['of no image', encodeChoice([], OURS), 'choice.empty'],
  ])('is refused: %s', (_what, text, code) => {
    expect(() => decodeChoice(text, OURS)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused with any other letter', () => {
    const text = encodeChoice([0, 7, 19], OURS);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'AZaz09-_'), (at, letter) => {
        fc.pre(text[at] !== letter);
        const wrong = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`;
        expect(() => decodeChoice(wrong, OURS)).toThrow(/^choice\.(other_job|unreadable)$/);
      }),
    );
  });
});
