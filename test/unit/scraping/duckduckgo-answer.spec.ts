import { readDuckDuckGoAnswer } from '../../../src/scraping/duckduckgo/duckduckgo-answer.js';

const answer = (...results: readonly unknown[]): string => JSON.stringify({ results, next: 'i.js?s=100' });

describe('an answer of DuckDuckGo', () => {
  it('loses only unreadable results', () => {
    const read = readDuckDuckGoAnswer(answer({ image: 'http://img.test/1.jpg' }, { image: 7 }, null));
    expect(read?.results.map(({ imageUrl }) => imageUrl)).toEqual(['http://img.test/1.jpg']);
  });

  it('is no answer if none of its results can be read', () => {
    expect(readDuckDuckGoAnswer(answer({ picture: 'http://img.test/1.jpg' }))).toBeNull();
  });

  it('is read if addresses omit the scheme', () => {
    const read = readDuckDuckGoAnswer(
      answer({ image: '//img.test/1.jpg', url: '//site.test/1', thumbnail: '///x' }),
    );
    expect(read?.results[0]).toMatchObject({
      imageUrl: 'https://img.test/1.jpg',
      pageUrl: 'https://site.test/1',
      previewUrl: null,
    });
  });

  it('may have no results', () => {
    expect(readDuckDuckGoAnswer(answer())).toEqual({ results: [], next: 'i.js?s=100', token: null });
  });
});
