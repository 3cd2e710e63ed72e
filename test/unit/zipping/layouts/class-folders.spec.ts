import { classFolders } from '../../../../src/zipping/layouts/class-folders.js';
import { fc } from '../../../support/properties.js';

describe('the folders of classes', () => {
  it.each([
    [
      ['red panda', 'C', 'C++', 'C#'],
      ['red_panda', 'C', 'C++', 'C#'],
    ],
    [
      ['熊猫', 'Ёжик', 'Über-Äpfel'],
      ['XiongMao', 'Ezhik', 'Uber-Apfel'],
    ],
    [
      ['a/b', 'a\\b', '../a'],
      ['a_b', 'a_b-2', 'a'],
    ],
    [
      ['con', 'NUL.txt', 'lpt1'],
      ['con_', 'NUL_txt', 'lpt1_'],
    ],
    [
      ['🦊', '...', '-rf'],
      ['class', 'class-2', 'rf'],
    ],
    [
      ['cat', 'Cat', 'cat-2'],
      ['cat', 'Cat-2', 'cat-2-2'],
    ],
    [
      ['tail. ', 'tail'],
      ['tail', 'tail-2'],
    ],
  ])('of %j are %j', (names, folders) => {
    expect(classFolders(names)).toEqual(folders);
  });

  it('are cut at 60 bytes, with their suffix', () => {
    const long = 'a'.repeat(99);
    expect(classFolders([long, long])).toEqual(['a'.repeat(60), `${'a'.repeat(56)}-2`]);
  });

  it('differ ignoring case, and are one safe part of a path each', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { maxLength: 50 }), (names) => {
        const folders = classFolders(names);
        expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(names.length);
        for (const folder of folders) expect(folder).toMatch(/^[A-Za-z0-9+#][A-Za-z0-9+#_-]{0,59}$/);
      }),
    );
  });
});
