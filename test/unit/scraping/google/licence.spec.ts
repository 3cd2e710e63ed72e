import { readLicence } from '../../../../src/scraping/google/licence.js';
import { nulls } from './sample-facts.js';

const withData = (data: unknown): unknown[] => [...nulls(11), data];

describe('the licence of a record', () => {
  it('has the licence page and the credit', () => {
    const data = [
      'https://stock.example/1',
      'https://stock.example/licence',
      1,
      'Stock',
      0,
      null,
      '',
      'Ana | Stock',
    ];
    expect(readLicence(withData(data))).toEqual({
      name: null,
      url: 'https://stock.example/licence',
      credit: 'Ana | Stock',
    });
  });

  it('has the landing page and the provider if there is nothing else', () => {
    expect(readLicence(withData(['https://stock.example/1', null, 1, 'Stock']))).toEqual({
      name: null,
      url: 'https://stock.example/1',
      credit: 'Stock',
    });
  });

  const creditOf = (
    creators: unknown,
    creditLine: unknown,
    copyright: unknown,
    provider: unknown = 'Stock',
  ) =>
    readLicence(withData([null, 'https://stock.example/l', 1, provider, 0, creators, creditLine, copyright]))
      ?.credit;

  it.each([
    ['Ana / Stock', [['Ana'], '', '']],
    ['Ana, Bob / © Agency', [['Ana', 'Bob', 'Ana'], 'Agency', '© Agency']],
    ['Ana / Agency', [['Ana'], 'Agency', null]],
    ['©iStock, credit: Ana', [['Ana'], 'Ana', '©iStock, credit: Ana']],
    ['Bob / © ANA', [['Ana', 'Bob'], null, '© ANA']],
    ['Ana', [['Ana'], null, null, null]],
    ['Ana Maria', [['Ana Maria'], 'Ana', '']],
    ['Ana / Stock', ['Ana', null, null]],
    ['Stock', [[], null, null]],
    ['Stock', [[null, 7, ' '], '', '']],
  ] as const)('credits %j', (credit, [creators, creditLine, copyright, provider]) => {
    expect(creditOf(creators, creditLine, copyright, provider)).toBe(credit);
  });

  it.each([
    ['https://creativecommons.org/licenses/publicdomain/', 'Public domain'],
    ['http://creativecommons.org/licenses/publicdomain', 'Public domain'],
    ['https://creativecommons.org/licenses/publicdomain/deed.de', 'Public domain'],
    ['https://creativecommons.org/licenses/by-sa/4.0/', 'CC BY-SA 4.0'],
    ['https://creativecommons.org/licenses/by/2.0/deed.en', 'CC BY 2.0'],
    ['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0'],
    ['https://creativecommons.org/publicdomain/mark/1.0/', 'Public domain'],
    ['https://creativecommons.org/publicdomain/certification/1.0/us/', 'Public domain'],
  ])('is named after %s as %s', (url, name) => {
    expect(readLicence(withData([null, url]))).toMatchObject({ name, url });
  });

  it.each([
    ['goods for sale', [null, [5, null, 'Flower', 'Shop', 'A flower', null, true, 1, 199, 'INR', true]]],
    ['a film', withData(null).with(8, ['A film', 'About it'])],
    ['an empty one', withData([null, 'javascript:alert(1)', 1, ' '])],
    ['nothing', undefined],
  ])('is not %s', (_, value) => {
    expect(readLicence(value)).toBeNull();
  });
});
