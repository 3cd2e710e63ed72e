import { bytesInDataUrl } from '../../../src/downloading/originals/data-url.js';
import { imagesInJsonLd } from '../../../src/downloading/originals/json-ld.js';
import { likeliestOf } from '../../../src/downloading/originals/likeliest.js';
import { imagesOfPage, type PageImage } from '../../../src/downloading/originals/page-images.js';
import { largestOf } from '../../../src/downloading/originals/srcset.js';

const PAGE = new URL('https://site.test/posts/1/');
const urlsIn = (html: string): string[] => imagesOfPage(html, PAGE).images.map(({ url }) => url);
const at = (path: string): string => `https://site.test${path}`;

describe('imagesOfPage', () => {
  it.each([
    ['og:image', '<meta property="og:image" content="/a.jpg">', '/a.jpg'],
    ['twitter:image', '<meta name=twitter:image content="/a.jpg">', '/a.jpg'],
    ['a relative img', '<img src="a.jpg">', '/posts/1/a.jpg'],
    ['entities', '<img src="/a.jpg?x=1&amp;y=2">', '/a.jpg?x=1&y=2'],
    ['a srcset', '<img srcset="/s.jpg 300w, /l.jpg 1200w, /m.jpg 600w">', '/l.jpg'],
    ['a picture', '<picture><source srcset="/1.webp 1x, /2.webp 2x"></picture>', '/2.webp'],
    ['a lazy attribute', '<img data-lazy-src="/a.jpg">', '/a.jpg'],
    ['a lazy srcset', '<img data-srcset="/a.jpg 100w,/b.jpg 900w">', '/b.jpg'],
    ['a linked file', '<a href="/full.png?v=2">x</a>', '/full.png?v=2'],
    ['a preload', '<link rel=preload as=image href=/a.avif>', '/a.avif'],
    ['a background', `<div style="background:url('/a.jpg') red">`, '/a.jpg'],
    ['what stands in noscript', '<noscript><img src=/a.jpg></noscript>', '/a.jpg'],
  ])('finds %s', (_what, html, path) => expect(urlsIn(html)).toEqual([at(path)]));

  it('honours the base of a page', () => {
    expect(urlsIn('<base href="https://cdn.test/x/"><img src="a.jpg">')).toEqual([
      'https://cdn.test/x/a.jpg',
    ]);
  });

  it('finds the images of JSON-LD', () => {
    const data = {
      '@type': 'Article',
      image: ['/a.jpg', { '@type': 'ImageObject', url: '/b.jpg', width: 800 }],
    };
    const html = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
    expect(new Set(urlsIn(html))).toEqual(new Set([at('/a.jpg'), at('/b.jpg')]));
  });

  it('ignores scripts, comments, texts and other schemes', () => {
    const html = `<!-- <img src=/1.jpg> --><script>'<img src=/2.jpg>'</script><textarea><img src=/3.jpg></textarea>
      <img src="data:image/gif;base64,R0lGOD"><img src="javascript:x"><a href="/page.html">x</a><img src="/a.svg">`;
    expect(urlsIn(html)).toEqual([]);
  });

  it('lists each image once, with all facts about it', () => {
    const html = '<meta property=og:image content=/a.jpg><img src=/a.jpg width=800 height=600 alt="A heron">';
    expect(imagesOfPage(html, PAGE).images).toEqual([
      { url: at('/a.jpg'), kind: 'social', width: 800, height: 600, text: 'A heron' },
    ]);
  });

  it.each([
    ['<meta name="robots" content="noimageai">', true],
    ['<meta name="robots" content="noindex">', false],
    ['<meta name="description" content="noai">', false],
  ])('reads requests of authors: %s', (html, expected) => {
    expect(imagesOfPage(html, PAGE).isOptedOut).toBe(expected);
  });

  it('lists a limited number of images, and survives text that is no HTML', () => {
    const many = Array.from({ length: 2000 }, (_img, index) => `<img src=/${index}.jpg>`).join('');
    expect(urlsIn(many)).toHaveLength(600);
    expect(urlsIn('<<<a href="<img ""src=\u0000')).toEqual([]);
  });
});

describe('largestOf', () => {
  it.each([
    ['a.jpg', { url: 'a.jpg', width: 0 }],
    ['a.jpg 1x, b.jpg 2x', { url: 'b.jpg', width: 0 }],
    ['a.jpg 480w,b.jpg 960w', { url: 'b.jpg', width: 960 }],
    ['/w_300,h_200/a.jpg 300w, /w_900,h_600/a.jpg 900w', { url: '/w_900,h_600/a.jpg', width: 900 }],
    ['', null],
  ])('reads "%s"', (srcset, largest) => expect(largestOf(srcset)).toEqual(largest));
});

describe('imagesInJsonLd', () => {
  it.each(['', '{', 'null', '"x"', '[1,2]'])('finds nothing in "%s"', (text) =>
    expect(imagesInJsonLd(text)).toEqual([]),
  );

  it('finds images deep in graphs', () => {
    const data = {
      '@graph': [{ x: { primaryImageOfPage: { contentUrl: '/a.jpg', width: '640', height: 480 } } }],
    };
    expect(imagesInJsonLd(JSON.stringify(data))).toEqual([
      { url: '/a.jpg', width: 640, height: 480, text: '' },
    ]);
  });
});

describe('likeliestOf', () => {
  const image = (path: string, changes: Partial<PageImage> = {}): PageImage => ({
    url: at(path),
    kind: 'shown',
    width: 0,
    height: 0,
    text: '',
    ...changes,
  });
  const sought = { imageUrl: null, previewUrl: null, title: null, claimed: null };
  const order = (images: readonly PageImage[], about = {}): string[] =>
    likeliestOf(images, { ...sought, ...about }, 9).map((url) => new URL(url).pathname);

  it('prefers linked files and large sources to shown images', () => {
    expect(order([image('/a.jpg'), image('/b.jpg', { kind: 'link' })])).toEqual(['/b.jpg', '/a.jpg']);
  });

  it('prefers the name of the dead address, in any size', () => {
    const dead = 'https://old.test/uploads/heron-at-dawn.jpg';
    const images = [image('/x.jpg', { kind: 'link' }), image('/new/heron-at-dawn-1024x768.jpg')];
    expect(order(images, { imageUrl: dead })[0]).toBe('/new/heron-at-dawn-1024x768.jpg');
  });

  it('prefers the claimed size and the words of the title', () => {
    const claimed = { width: 800, height: 600 };
    expect(order([image('/a.jpg'), image('/b.jpg', claimed)], { claimed })[0]).toBe('/b.jpg');
    expect(
      order([image('/a.jpg'), image('/b.jpg', { text: 'grey heron' })], { title: 'Grey heron' })[0],
    ).toBe('/b.jpg');
  });

  it('tries ornaments and small copies last, and never the preview or the dead address', () => {
    const images = [
      image('/logo.png'),
      image('/a-150x150.jpg'),
      image('/t.jpg'),
      image('/dead.jpg'),
      image('/a.jpg'),
    ];
    const about = { previewUrl: at('/t.jpg'), imageUrl: at('/dead.jpg') };
    expect(order(images, about)).toEqual(['/a.jpg', '/a-150x150.jpg', '/logo.png']);
  });
});

describe('bytesInDataUrl', () => {
  it.each([
    ['data:image/jpeg;base64,aGk=', 'hi'],
    ['data:image/png;base64,aGk%3D', 'hi'],
    ['data:text/html;base64,aGk=', null],
    ['https://site.test/', null],
  ])('reads %s', (url, text) => expect(bytesInDataUrl(url)?.toString() ?? null).toBe(text));
});
