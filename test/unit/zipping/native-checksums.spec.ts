import packageInJavaScript from 'crc-32';
import { useNativeChecksums } from '../../../src/zipping/native-checksums.js';
import { fc } from '../../support/properties.js';

describe('native checksums', () => {
  it('equal those of the package for any bytes, whether started or continued', () => {
    const inJavaScript = packageInJavaScript.buf;
    useNativeChecksums();
    const native = packageInJavaScript.buf;
    expect(native).not.toBe(inJavaScript);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array(), (first, second) => {
        const begun = inJavaScript(first);
        expect(native(first)).toBe(begun);
        expect(native([...first])).toBe(begun);
        expect(native(second, begun)).toBe(inJavaScript(second, begun));
      }),
    );
  });
});
