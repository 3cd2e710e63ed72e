import sharp from 'sharp';
import { ByteInspector } from '../../support/images/byte-inspector.js';
import { jpeg } from '../../support/images/sample-images.js';

const [QUANTIZATION, SCAN] = [Buffer.from([0xff, 0xdb]), Buffer.from([0xff, 0xda])];
const JFIF_9 = Buffer.from('ffe000104a46494600090100000100010000', 'hex');
const ADOBE_OF_KIND_7 = Buffer.from('ffee000e41646f626500640000000007', 'hex');

/** Replaces a piece of a file. */
function replaced(file: Buffer, from: number, to: number, bytes: Iterable<number>): Buffer {
  return Buffer.concat([file.subarray(0, from), Buffer.from([...bytes]), file.subarray(to)]);
}

/** Harmless oddities of JPEGs. */
const ODDITIES: Readonly<Record<string, (file: Buffer) => Buffer>> = {
  'its scan stops short of the last coefficient': (file) => {
    const range = file.indexOf(SCAN) + 5 + 2 * 3;
    return replaced(file, range, range + 3, [0, 0, 0]);
  },
  'there are stray bytes between its headers': (file) => {
    const table = file.indexOf(QUANTIZATION);
    return replaced(file, table, table, [0x20, 0x20, 0x20]);
  },
  'its version of JFIF is not known': (file) => replaced(file, 2, 2, JFIF_9),
  'its kind of colours is not known to Adobe': (file) => replaced(file, 2, 2, ADOBE_OF_KIND_7),
};

describe('damage behind a harmless oddity', () => {
  let inspector: ByteInspector;
  beforeAll(async () => {
    inspector = await ByteInspector.start();
  });
  afterAll(() => inspector.stop());

  const inspect = (bytes: Buffer): Promise<unknown> => inspector.inspect(bytes);

  it.each(Object.entries(ODDITIES))('is found where %s, and a whole file is kept', async (_what, makeOdd) => {
    const whole = await jpeg(5, 640, 480);
    const odd = makeOdd(whole);
    await expect(sharp(odd, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('VipsJpeg');
    await expect(inspect(odd)).resolves.toMatchObject({ format: 'jpeg', width: 640 });
    const lost = Buffer.from(odd).fill(0, Math.floor(odd.length * 0.7), odd.length - 2);
    await expect(inspect(lost)).resolves.toMatchObject({ reason: 'broken_image' });
    await expect(inspect(odd.subarray(0, odd.length * 0.9))).resolves.toMatchObject({
      reason: 'broken_image',
    });
  });
});
