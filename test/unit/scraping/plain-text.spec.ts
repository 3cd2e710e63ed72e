import { plainText } from '../../../src/scraping/plain-text.js';

describe('the text of a piece of HTML', () => {
  it.each([
    ['<a href="//commons.wikimedia.org/wiki/User:A" title="x > y">Ana</a>', 'Ana'],
    ['<a href="//x" title="User:A">Ana</a> &amp; Bob&#39;s &#x1F43C;', "Ana & Bob's 🐼"],
    ['<p>One</p><p>two<br>three</p>', 'One two three'],
    ['<span style="display: none">hidden</span>Own work<style>.a{color:red}</style>', 'Own work'],
    ['<div style="display:none">a<div>b</div>c</div>Ana<img style="display:none"> &eacute;', 'Ana é'],
    ['Ana <a href="x', 'Ana'],
    ['2 < 3 &unknown;', '2 < 3 &unknown;'],
    ['  \n ', null],
    ['<b></b>', null],
  ])('of %j is %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});
