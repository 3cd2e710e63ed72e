import { fileTitle, titleText, whatText } from '../../../src/jobs/wording/what-text.js';

const ONE = { query: 'red panda', count: 50 };
const queries = [
  { text: 'red panda', count: 30 },
  { text: 'koala', count: 20, name: 'bears' },
];

describe('The text of what a request searches', () => {
  it('is the query of a request with one search, quoted in sentences only', () => {
    expect([whatText(ONE), titleText(ONE), fileTitle(ONE)]).toEqual([
      '“red panda”',
      'red panda',
      'red panda',
    ]);
  });

  it('is the first search and the number of the others of a list', () => {
    const list = { ...ONE, queries };
    expect([whatText(list), titleText(list), fileTitle(list)]).toEqual([
      '“red panda” and 1 more',
      '“red panda” and 1 more',
      'red panda and 1 more',
    ]);
  });

  it('keeps the number in the name of a file, however long the first search is', () => {
    const long = 'panda '.repeat(33).trim();
    const list = { query: long, count: 50, queries: [{ text: long, count: 30 }, ...queries] };
    expect(fileTitle(list)).toMatch(/^(?:panda )+and 2 more$/);
    expect(fileTitle(list).length).toBeLessThan(60);
  });

  it('treats a list of one as one search, whatever its name', () => {
    const named = { ...ONE, queries: [{ text: 'red panda', count: 50, name: 'pandas' }] };
    expect([whatText(named), titleText(named)]).toEqual(['“red panda”', 'red panda']);
  });
});
