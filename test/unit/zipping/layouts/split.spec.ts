import { validationOf } from '../../../../src/zipping/layouts/split.js';
import { fc } from '../../../support/properties.js';

const DIGESTS = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{64}$/), { maxLength: 60 });
const SHARE = fc.record({ percent: fc.integer({ min: 1, max: 50 }), seed: fc.nat() });

describe('the split of the images of a query', () => {
  it('has the share for validation, with at least one image in each part', () => {
    fc.assert(
      fc.property(DIGESTS, SHARE, (digests, share) => {
        const { size } = validationOf(digests, share);
        const wanted = Math.max(1, Math.round((digests.length * share.percent) / 100));
        expect(size).toBe(digests.length < 2 ? 0 : Math.min(wanted, digests.length - 1));
      }),
    );
  });

  it('is the same for the same images and seed in any order', () => {
    fc.assert(
      fc.property(DIGESTS, SHARE, (digests, share) => {
        expect(validationOf(digests.toReversed(), share)).toEqual(validationOf(digests, share));
      }),
    );
  });

  it('differs with the seed', () => {
    const digests = Array.from({ length: 40 }, (_, index) => index.toString(16).padStart(64, '0'));
    const [one, other] = [1, 2].map((seed) => validationOf(digests, { percent: 50, seed }));
    expect(one).not.toEqual(other);
  });
});
