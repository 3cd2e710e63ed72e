import { type RawItem, bingResults } from '../../../../src/scraping/bing/bing-items.js';

const raw = (changes: Partial<RawItem>): RawItem => ({
  m: '',
  href: '',
  previewUrl: null,
  title: null,
  facts: '',
  ...changes,
});
const DATA = {
  mid: 'A1',
  purl: 'https://site.test/p',
  murl: 'https://img.test/a.jpg',
  turl: 'https://th.test/a',
  t: '\uE000Red\uE001 panda',
};
const DETAIL = '/images/search?view=detailV2&id=A1&mediaurl=https%3a%2f%2fimg.test%2fa.jpg&exph=600&expw=800';

describe('the items of a page of Bing', () => {
  it('have image, size, preview, page, title and site', () => {
    expect(bingResults([raw({ m: JSON.stringify(DATA), href: DETAIL })])).toEqual([
      {
        sourceId: 'A1',
        imageUrl: 'https://img.test/a.jpg',
        previewUrl: 'https://th.test/a',
        pageUrl: 'https://site.test/p',
        title: 'Red panda',
        site: 'site.test',
        claimed: { width: 800, height: 600 },
      },
    ]);
  });

  it('are read in the shape of before 2016 too, with bare keys', () => {
    const m = `{ns:"images",k:"5045",\nmid:"B2",\nsurl:"http://page.test/x,y:z",imgurl:"http://img.test/b.jpg",oh:"238",oi:"http://other.test/"}`;
    expect(bingResults([raw({ m, title: 'A panda', facts: '1024 x 768 · 153 kB · jpeg' })])).toEqual([
      {
        sourceId: 'B2',
        imageUrl: 'http://img.test/b.jpg',
        previewUrl: null,
        pageUrl: 'http://page.test/x,y:z',
        title: 'A panda',
        site: 'page.test',
        claimed: { width: 1024, height: 768 },
      },
    ]);
  });

  it('are read from their links if their data cannot be read', () => {
    expect(bingResults([raw({ m: '{new shape}', href: DETAIL }), raw({ href: DETAIL })])).toMatchObject([
      { sourceId: 'A1', imageUrl: 'https://img.test/a.jpg', claimed: { width: 800, height: 600 } },
    ]);
  });

  it('include neither groups of other searches nor duplicates', () => {
    const group = { cid: '', purl: '', murl: 'https://img.test/g.jpg', turl: '' };
    const items = [
      raw({ m: JSON.stringify(DATA) }),
      raw({ m: JSON.stringify(group), href: DETAIL }),
      raw({ m: JSON.stringify(DATA) }),
    ];
    expect(bingResults(items).map(({ sourceId }) => sourceId)).toEqual(['A1']);
  });

  it.each(['', '{}', '[]', '{"murl":"javascript:alert(1)","purl":"https://site.test/"}'])(
    'are not %j',
    (m) => {
      expect(bingResults([raw({ m })])).toEqual([]);
    },
  );
});
