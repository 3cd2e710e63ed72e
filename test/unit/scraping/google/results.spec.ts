import { googleResults } from '../../../../src/scraping/google/results.js';
import { sampleFacts, sampleRecord, sampleTile } from './sample-facts.js';

const idsOf = (facts: Parameters<typeof sampleFacts>[0]): string[] =>
  googleResults(sampleFacts(facts)).map(({ sourceId }) => sourceId);

describe('the results of a page', () => {
  it('have the order of the tiles, not of the records', () => {
    const tiles = ['a', 'b', 'c'].map((id) => sampleTile(id));
    expect(idsOf({ tiles, records: ['c', 'a', 'b'].map((id) => sampleRecord(id)) })).toEqual(['a', 'b', 'c']);
  });

  it('without a tile follow the record before them', () => {
    const records = ['x', 'a', 'y', 'b', 'z'].map((id) => sampleRecord(id));
    expect(idsOf({ tiles: [sampleTile('a'), sampleTile('b')], records })).toEqual(['x', 'a', 'y', 'b', 'z']);
  });

  it('have the order of the records if there are no tiles', () => {
    expect(idsOf({ scripts: [`f(${JSON.stringify(['b', 'a'].map((id) => sampleRecord(id)))})`] })).toEqual([
      'b',
      'a',
    ]);
  });

  it('occur once each, however often the page embeds them', () => {
    const record = sampleRecord('a');
    expect(
      idsOf({ records: [record, sampleRecord('b'), record], scripts: [JSON.stringify(record)] }),
    ).toEqual(['a', 'b']);
  });

  it('exclude the related images of an open panel', () => {
    const records = ['a', 'related'].map((id) => sampleRecord(id));
    expect(idsOf({ tiles: [sampleTile('a')], records, elsewhere: ['related'] })).toEqual(['a']);
  });

  it('take their image from a link if there is no record', () => {
    const link = new URL('https://www.google.com/imgres');
    link.search = String(
      new URLSearchParams({
        imgurl: 'https://i.example/a.jpg',
        imgrefurl: 'https://p.example/',
        tbnid: 'a',
        w: '40',
        h: '30',
      }),
    );
    expect(
      googleResults(sampleFacts({ tiles: [sampleTile('a', { pageUrl: null })], imageLinks: [link.href] })),
    ).toMatchObject([
      {
        imageUrl: 'https://i.example/a.jpg',
        pageUrl: 'https://p.example/',
        claimed: { width: 40, height: 30 },
      },
    ]);
  });

  it('have no image if the page names none, but all facts of the tile', () => {
    const tile = sampleTile('a', { previewUrl: 'https://encrypted-tbn0.gstatic.com/images?q=tbn:a' });
    expect(
      googleResults(
        sampleFacts({ tiles: [tile], imageLinks: ['https://www.google.com/imgres?tbnid=a', 'nonsense'] }),
      ),
    ).toEqual([
      {
        sourceId: 'a',
        imageUrl: null,
        previewUrl: 'https://encrypted-tbn0.gstatic.com/images?q=tbn:a',
        pageUrl: 'https://site.example/a',
        title: 'a',
        site: 'site.example',
        claimed: null,
        licence: null,
      },
    ]);
  });
});
