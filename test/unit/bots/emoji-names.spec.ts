import { withEmoji, withServerEmoji } from '../../../bots/conversation/emoji-names.js';
import { fc } from '../../support/properties.js';

describe('the emoji of a text from Slack', () => {
  it.each([
    [':panda_face:', '🐼'],
    ['red :panda_face: cubs', 'red 🐼 cubs'],
    [':cat::dog:', '🐱🐶'],
    [':cat: :dog:', '🐱 🐶'],
    ['cats:cat:', 'cats🐱'],
    ['熊猫:panda_face:很可爱', '熊猫🐼很可爱'],
    ['(:unicorn_face:)', '(🦄)'],
    [':flag-at: :flag-england:', '🇦🇹 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    [':+1: :thumbsup: :100: :one:', '👍 👍 💯 1️⃣'],
    [':heart: :umbrella: :copyright:', '❤️ ☂️ ©️'],
    [':male-farmer:', '👨‍🌾'],
    [':wave::skin-tone-3:', '👋🏼'],
    [':wave::skin-tone-2::wave::skin-tone-6:', '👋🏻👋🏿'],
    [':male-farmer::skin-tone-4:', '👨🏽‍🌾'],
    [':point_up::skin-tone-2:', '☝🏻'],
    [':handshake::skin-tone-2-5:', '🤝🏻'],
    [':panda_face::skin-tone-3:', '🐼'],
    [':partyparrot:', 'partyparrot'],
    [':party_parrot: :this-is-fine:', 'party parrot this is fine'],
    [':cat::partyparrot::dog:', '🐱 partyparrot 🐶'],
    ['熊猫:partyparrot:熊猫', '熊猫 partyparrot 熊猫'],
    [':вечеринка:', 'вечеринка'],
  ])('"%s" are "%s"', (text, expected) => {
    expect(withEmoji(text)).toBe(expected);
  });

  it.each([
    '10:30:45',
    '16:9:4',
    'a:b:c',
    'a:b:',
    '1:100:',
    'std::cat::x',
    'foo:cat:bar',
    'star wars: a new hope: the film',
    ':30: :+: ::',
    'size:large site:a.org',
    'http://a.example:80:x',
    '<t:1800000000:F>',
  ])('"%s" has none', (text) => {
    expect(withEmoji(text)).toBe(text);
  });

  it('leave every text without two colons as it is', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((typed) => typed.split(':').length < 3);
    fc.assert(fc.property(text, (typed) => expect(withEmoji(typed)).toBe(typed)));
  });
});

describe('the emoji of a Discord server', () => {
  it.each([
    ['<:panda:123456789012345678>', 'panda'],
    ['<a:Party_Parrot:123456789012345678> cats', 'Party Parrot cats'],
    ['red<:panda:123456789012345678>cubs', 'red panda cubs'],
    ['<:panda~1:1234567890123456789>', 'panda 1'],
  ])('"%s" become the words "%s"', (text, expected) => {
    expect(withServerEmoji(text)).toBe(expected);
  });

  it.each(['<:a:1>', '<:panda:>', '<t:1800000000:F>', '<@600000000000000001>', ':smile:'])(
    'are not «%s»',
    (text) => {
      expect(withServerEmoji(text)).toBe(text);
    },
  );
});
