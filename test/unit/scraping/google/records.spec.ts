import { readRecord, recordsInScript } from '../../../../src/scraping/google/records.js';
import { nulls, sampleMeta, sampleRecord } from './sample-facts.js';

const idsIn = (script: string): unknown[] =>
  recordsInScript(script).map((record) => readRecord(record)?.docId);

describe('a record', () => {
  it('has image, size with the height first, preview, page, title and site', () => {
    expect(readRecord(sampleRecord('eAP244UcF5wdYM'))).toEqual({
      docId: 'eAP244UcF5wdYM',
      imageUrl: 'https://images.example/eAP244UcF5wdYM.jpg',
      claimed: { width: 800, height: 600 },
      previewUrl: 'https://encrypted-tbn0.gstatic.com/images?q=tbn:eAP244UcF5wdYM',
      pageUrl: 'https://site.example/eAP244UcF5wdYM',
      title: 'Title of eAP244UcF5wdYM',
      site: 'Site',
      licence: null,
    });
  });

  it('is recognised by its shape if the number of the page entry changes', () => {
    const meta: Record<string, unknown> = { ...sampleMeta('a') };
    const changed = { '1999': [null, 'no address'], '3003': meta['2003'] };
    expect(readRecord(sampleRecord('a', changed))).toMatchObject({
      pageUrl: 'https://site.example/a',
      title: 'Title of a',
      site: 'Site',
    });
  });

  it('gives the domain if the site has no name', () => {
    const page = Object.assign(nulls(18), {
      2: 'https://a.example/',
      17: 'a.example',
    });
    expect(readRecord(sampleRecord('a', { '2003': page }))).toMatchObject({ site: 'a.example', title: null });
  });

  it('has no image address if only Google could resolve it', () => {
    const record = sampleRecord('a').with(3, ['x-raw-image:///0123abcd', 600, 800]);
    expect(readRecord(record)).toMatchObject({ imageUrl: null, claimed: { width: 800, height: 600 } });
  });

  it.each([
    ['before the thumbnail', 2],
    ['between thumbnail and image', 3],
    ['behind the image', 4],
  ])('is read by its shape where something new stands %s', (_where, place) => {
    for (const news of [null, 7, 'new', [1, 2]])
      expect(readRecord(sampleRecord('a').toSpliced(place, 0, news))).toMatchObject({
        imageUrl: 'https://images.example/a.jpg',
        previewUrl: 'https://encrypted-tbn0.gstatic.com/images?q=tbn:a',
        pageUrl: 'https://site.example/a',
      });
    expect.assertions(4);
  });

  it.each([
    ['in a list of its own', (picture: unknown[]) => [picture]],
    ['with its size as text', ([url, ...size]: unknown[]) => [url, ...size.map(String)]],
    ['with names', ([url, height, width]: unknown[]) => ({ width, url, height })],
    ['with something behind it', (picture: unknown[]) => [...picture, null, 1]],
  ])('is read where each picture stands %s', (_how, changed) => {
    const record = sampleRecord('a').map((value, place) =>
      Array.isArray(value) && (place === 2 || place === 3) ? changed(value) : value,
    );
    expect(readRecord(record)).toEqual(readRecord(sampleRecord('a')));
    expect(idsIn(`var m=${JSON.stringify([record])};`)).toEqual(['a']);
  });

  it('is read if preview and image are swapped', () => {
    const [type, docId, thumbnail, image, ...rest] = sampleRecord('a');
    expect(readRecord([type, docId, image, thumbnail, ...rest])).toEqual(readRecord(sampleRecord('a')));
  });

  it('never takes a preview for the image', () => {
    const [type, docId, thumbnail] = sampleRecord('a');
    expect(readRecord([type, docId, thumbnail, null])).toBeNull();
    expect(readRecord([type, docId, null, thumbnail])).toBeNull();
  });

  it.each([
    ['text', 'a record'],
    ['null', null],
    ['an empty array', []],
    ['a thumbnail only', [0, 'a', ['https://t.example/', 1, 1]]],
    ['sizes that are words', [0, 'a', null, ['https://i.example/', 'tall', 'wide']]],
    ['no document', [0, '', null, ['https://i.example/', 600, 800]]],
  ])('is not %s', (_, value) => {
    expect(readRecord(value)).toBeNull();
  });
});

describe('the text of a script', () => {
  it('gives its records whatever is around them', () => {
    const data = JSON.stringify({
      'AZA6/E': ['gws'],
      AZA7AU: [1, sampleRecord('first')],
      k: [[sampleRecord('second')]],
    });
    expect(idsIn(`(function(){var m=${data};var a=m;window.W_jd=a;})()`)).toEqual(['first', 'second']);
    expect(idsIn(`AF_initDataCallback({key: 'ds:1', hash: '2', data:${data}, sideChannel: {}});`)).toEqual([
      'first',
      'second',
    ]);
    expect(idsIn(`AF_initDataCallback({key: 'ds:1', data:function(){return ${data}}});`)).toEqual([
      'first',
      'second',
    ]);
  });

  it('is parsed, so that escapes, brackets and quotes inside texts do no harm', () => {
    const meta = {
      '2003': [null, 'ref', 'https://site.example/?a=1&b=[2]', 'A "quoted" ]} title \\ with & <b>'],
    };
    const json = JSON.stringify(sampleRecord('a', meta))
      .replaceAll('&', '\\u0026')
      .replaceAll('=', '\\x3d')
      .replaceAll('<', '\\x3c');
    expect(recordsInScript(`x(${json})`).map(readRecord)).toMatchObject([
      { pageUrl: 'https://site.example/?a=1&b=[2]', title: 'A "quoted" ]} title \\ with & <b>' },
    ]);
  });

  it('gives records inside a string', () => {
    const inner = JSON.stringify([
      1,
      sampleRecord('a', { '2003': [null, 'ref', 'https://site.example/', 'Say "hi"'] }),
    ]);
    const [record] = recordsInScript(`window.x=JSON.parse(${JSON.stringify(inner)})`).map(readRecord);
    expect(record).toMatchObject({ docId: 'a', pageUrl: 'https://site.example/', title: 'Say "hi"' });
  });

  const RICH = sampleRecord('a', {
    '2003': [null, 'ref', 'https://site.example/?a=1&b=[2]', `Say "hi" & 'ho' \\ é 🐼 ]}`],
  });
  /** Ways to put a text into a JavaScript string. */
  const STRINGS = {
    'double quotes': (text: string) => JSON.stringify(text),
    'single quotes': (text: string) => `'${text.replaceAll(/[\\']/g, '\\$&')}'`,
    'single quotes, with all signs as bytes': (text: string) =>
      `'${text.replaceAll('\\', String.raw`\\`).replaceAll(/["'[\]{}&=<>,:]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`)}'`,
    'single quotes, with quotes as units and slashes escaped': (text: string) =>
      `'${text
        .replaceAll('\\', String.raw`\\`)
        .replaceAll('/', String.raw`\/`)
        .replaceAll(/["'&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)}'`,
    'a template': (text: string) => `\`${text.replaceAll(/[\\`$]/g, '\\$&')}\``,
  } as const;
  type Wrapping = keyof typeof STRINGS;
  const WRAPPINGS = Object.keys(STRINGS) as Wrapping[];

  it.each(WRAPPINGS)('gives the records of a string in %s', (how) => {
    const json = JSON.stringify({ k: [1, RICH], other: sampleRecord('b') }).replaceAll(
      '&',
      String.raw`\u0026`,
    );
    const found = recordsInScript(`var d=JSON.parse(${STRINGS[how](json)});f(d)`).map(readRecord);
    expect(found).toEqual([RICH, sampleRecord('b')].map(readRecord));
  });

  it.each(WRAPPINGS.flatMap((inner) => WRAPPINGS.map((outer) => [inner, outer] as const)))(
    'gives the records of a string in %s within another in %s',
    (inner, outer) => {
      const script = `x=${STRINGS[outer](`f(${STRINGS[inner](JSON.stringify([RICH]))})`)}`;
      expect(recordsInScript(script).map(readRecord)).toEqual([readRecord(RICH)]);
    },
  );

  it('gives plain records and those in strings side by side', () => {
    const wrapped = STRINGS['single quotes, with all signs as bytes'](JSON.stringify([RICH]));
    const script = `m=${JSON.stringify([sampleRecord('b')])};n=${wrapped}`;
    expect(new Set(idsIn(script))).toEqual(new Set(['a', 'b']));
  });

  it('gives nothing if it breaks off inside a record', () => {
    const json = JSON.stringify(sampleRecord('a'));
    expect(idsIn(json.slice(0, -3))).toEqual([]);
    expect(idsIn(`${json.slice(0, 60)} ${JSON.stringify(sampleRecord('b'))}`)).toEqual(['b']);
  });
});
