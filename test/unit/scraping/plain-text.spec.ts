import { plainText, withoutEntities } from '../../../src/scraping/plain-text.js';

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

describe('a text without its entities', () => {
  it.each([
    ['K&ouml;ln &Ouml;stersund', 'Köln Östersund'],
    [
      '&iexcl;Ol&eacute;! &laquo;S&atilde;o&raquo; &euro;5 &hearts; &Omega;&#x2019;&#39;',
      "¡Olé! «São» €5 ♥ Ω’'",
    ],
    ['Fish &amp; chips&nbsp;&ndash;&nbsp;hot', 'Fish & chips – hot'],
    ['&amp;ouml; is written &lt;b&gt;', '&ouml; is written <b>'],
    ['&#128;&#0;&#xD800;', '€\uFFFD\uFFFD'],
    ['Copy&paste, R&D, AT&T; &unknown;', 'Copy&paste, R&D, AT&T; &unknown;'],
  ])('of %j is %j', (text, decoded) => {
    expect(withoutEntities(text)).toBe(decoded);
  });
});
