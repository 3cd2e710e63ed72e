import { type Command, readCommand } from '../../../bots/conversation/command.js';
import { fc } from '../../support/properties.js';

/** `query | count | when | zone` of a search, and the other fields by name. */
function shown(command: Command): string {
  if (command.kind !== 'search') return command.kind;
  const { query, count = '', when = '', timeZone = '', ...others } = command.fields;
  const main = [query, count, when, timeZone].join(' | ').replace(/[ |]+$/u, '');
  return [main, ...Object.entries(others).map(([name, value]) => `${name}=${value}`)].join('; ');
}

describe('slash text', () => {
  it.each([
    ['', 'form'],
    ['   ', 'form'],
    ['help', 'help'],
    ['?', 'help'],
    ['LIST', 'list'],
    ['red panda', 'red panda'],
    ['red panda 100', 'red panda | 100'],
    ['red panda 100 tomorrow 9am', 'red panda | 100 | tomorrow 9am'],
    ['red panda tomorrow 9am', 'red panda |  | tomorrow 9am'],
    ['red panda 100 in 2 hours', 'red panda | 100 | in 2 hours'],
    ['red panda in 2 hours', 'red panda |  | in 2 hours'],
    ['red panda in half an hour', 'red panda |  | in half an hour'],
    ['red panda 100 now', 'red panda | 100 | now'],
    ['red panda now', 'red panda |  | now'],
    ['red panda 50 2026-12-24 18:00', 'red panda | 50 | 2026-12-24 18:00'],
    ['red panda 2026-12-24 18:00', 'red panda |  | 2026-12-24 18:00'],
    ['red panda 50 2026-12-24T18:00Z', 'red panda | 50 | 2026-12-24T18:00Z'],
    ['red panda tomorrow 9am 100', 'red panda | 100 | tomorrow 9am'],
    ['red panda 100 tomorrow', 'red panda | 100 | tomorrow'],
    ['red panda 100 at 9', 'red panda | 100 | at 9'],
    ['red panda 100 tomorrow 9am Europe/Vienna', 'red panda | 100 | tomorrow 9am | Europe/Vienna'],
    ['red panda 100 friday 18:00 UTC', 'red panda | 100 | friday 18:00 | UTC'],
    ['red panda 100 images', 'red panda | 100'],
    ['red panda x100', 'red panda | 100'],
    ['100 red pandas', 'red pandas | 100'],
    ['100 images of red pandas tomorrow 9am', 'red pandas | 100 | tomorrow 9am'],
    ['"red panda" 50 in 2 hours', 'red panda | 50 | in 2 hours'],
    ['"red panda" in 2 hours', 'red panda |  | in 2 hours'],
    ['"red panda" 2 hours from now', 'red panda |  | 2 hours from now'],
    ['"red panda" 9 am 50', 'red panda | 50 | 9 am'],
    ['"red panda" at 9', 'red panda |  | at 9'],
    ['50 "red panda"', 'red panda | 50'],
    ['50 images of "red panda" tomorrow 9am', 'red panda | 50 | tomorrow 9am'],
    ['“red panda” 50', 'red panda | 50'],
    ['«красная панда» 50 now', 'красная панда | 50 | now'],
    ['"blink 182" 40', 'blink 182 | 40'],
    ['"tomorrow 9am" 5', 'tomorrow 9am | 5'],
    ['"help"', 'help | '.slice(0, 4)],
    ['12 monkeys 40', '12 monkeys | 40'],
    ['world cup 2026', 'world cup 2026'],
    ['1984', '1984'],
    ['blade runner 2049 20', 'blade runner 2049 | 20'],
    ['black friday', 'black friday'],
    ['high noon', 'high noon'],
    ['christmas eve 30', 'christmas eve | 30'],
    ['red panda 1000', 'red panda | 1000'],
    ["women's day 8", "women's day | 8"],
    ['قط أحمر 20 tomorrow 9am', 'قط أحمر | 20 | tomorrow 9am'],
    ['小熊猫 30 in 2 hours', '小熊猫 | 30 | in 2 hours'],
    ['listing of cats', 'listing of cats'],
    ['cancel culture', 'cancel culture'],
    ['cancel', 'list'],
    ['cancel https://pics.example/jobs/short', 'cancel'],
    ['"" 5', ' | 5'],
    ['red panda, 100, tomorrow at 9am', 'red panda | 100 | tomorrow at 9am'],
    ['red panda -5 in 2 hours', 'red panda | -5 | in 2 hours'],
    ['red panda 5 tomorrow 9am europe/vienna', 'red panda | 5 | tomorrow 9am | europe/vienna'],
    ['red panda 5 tomorrow 9am utc', 'red panda | 5 | tomorrow 9am | utc'],
    ['photos of AC/DC', 'photos of AC/DC'],
    ['black friday 20', 'black friday | 20'],
    ['red panda 5 friday 20', 'red panda | 5 | friday 20'],
    ['red panda tomorrow 15', 'red panda |  | tomorrow 15'],
    ['ruby tuesday in 2 hours', 'ruby tuesday |  | in 2 hours'],
  ])('reads "%s"', (text, expected) => {
    expect(shown(readCommand(text))).toBe(expected);
  });

  it.each([
    ['cats "in boots" 20 tomorrow', 'cats "in boots" | 20 | tomorrow'],
    ['cats "in boots" 20 tomorrow 9am Europe/Vienna', 'cats "in boots" | 20 | tomorrow 9am | Europe/Vienna'],
    ['cats "in boots" tomorrow 9am', 'cats "in boots" |  | tomorrow 9am'],
    ['cats "in boots" tomorrow 9am 20', 'cats "in boots" | 20 | tomorrow 9am'],
    ['20 cats "in boots" in 2 hours', 'cats "in boots" | 20 | in 2 hours'],
    ['20 images of cats "in boots"', 'cats "in boots" | 20'],
    ['cats "in boots", 20, tomorrow 9am', 'cats "in boots" | 20 | tomorrow 9am'],
    ['cats "in boots" size:large 20', 'cats "in boots" | 20; size=large'],
    ['"red panda" cubs 50 tomorrow 9am', '"red panda" cubs | 50 | tomorrow 9am'],
    ['"red panda" cubs', '"red panda" cubs'],
    ['"red panda" eating bamboo in 2 hours', '"red panda" eating bamboo |  | in 2 hours'],
    ['"red panda" "in snow" 20', '"red panda" "in snow" | 20'],
    ['"red panda" or "giant panda" 20 now', '"red panda" or "giant panda" | 20 | now'],
    ['"world cup" 2026', '"world cup" 2026'],
    ['"world cup" 2026 40', '"world cup" 2026 | 40'],
    ['songs of "blink 182"', 'songs of "blink 182"'],
    ['live "tomorrow 9am" 5', 'live "tomorrow 9am" | 5'],
    ['cats “in boots” 20', 'cats “in boots” | 20'],
    ['кот «в сапогах» 20 now', 'кот «в сапогах» | 20 | now'],
    ['Katze „in Stiefeln“ 20', 'Katze „in Stiefeln“ | 20'],
    ['kat »i støvler« 20', 'kat »i støvler« | 20'],
    ['katt ”i stövlar” 20', 'katt ”i stövlar” | 20'],
    ['「長靴をはいた猫」 20', '長靴をはいた猫 | 20'],
    ['"red panda", 100, tomorrow 9am', 'red panda | 100 | tomorrow 9am'],
    ['tomorrow 9am "red panda" 100', 'red panda | 100 | tomorrow 9am'],
    ['100 of "red panda"', 'red panda | 100'],
    ['"red panda" 5 every day 9am', 'red panda | 5 | every day 9am'],
    ['inches 5" screw 20', 'inches 5" screw | 20'],
    ['5" x 7" frames 20 tomorrow 9am', '5" x 7" frames | 20 | tomorrow 9am'],
    ['5" screw "stainless steel" 20', '5" screw "stainless steel" | 20'],
    ['27" monitor size:large 5" thick', '27" monitor 5" thick; size=large'],
    ['"27" monitor" 5', '"27" monitor" | 5'],
    ['cats "in boots 20 tomorrow 9am', 'cats "in boots | 20 | tomorrow 9am'],
    ['cats in boots" 20', 'cats in boots" | 20'],
    ['cats “in boots 20', 'cats “in boots | 20'],
    ["rock 'n' roll 20", "rock 'n' roll | 20"],
    ["dogs' toys 20", "dogs' toys | 20"],
    ["'red panda' 20 now", "'red panda' | 20 | now"],
    ['cats "" 20', 'cats "" | 20'],
  ])('keeps the words around a part in quotes in "%s"', (text, expected) => {
    expect(shown(readCommand(text))).toBe(expected);
  });

  it.each([
    [':panda_face: 20', '🐼 | 20'],
    [':100: 20', '💯 | 20'],
    ['red :panda_face: 20 tomorrow 9am', 'red 🐼 | 20 | tomorrow 9am'],
    ['":panda_face: 5" 20', '🐼 5 | 20'],
    [':partyparrot: 20 size:large', 'partyparrot | 20; size=large'],
    ['<:party_parrot:123456789012345678> 20', 'party parrot | 20'],
    ['a:b:c 1:2:3 20', 'a:b:c 1:2:3 | 20'],
  ])('reads the emoji of "%s"', (text, expected) => {
    expect(shown(readCommand(text))).toBe(expected);
  });

  it.each([
    ['red panda 20 <t:1800000000:F>', 'red panda | 20 | <t:1800000000:F>'],
    ['red panda <t:1800000000> 20', 'red panda | 20 | <t:1800000000>'],
    ['red panda <t:1800000000:R>', 'red panda |  | <t:1800000000:R>'],
    ['"red panda" <t:1800000000:t>', 'red panda |  | <t:1800000000:t>'],
  ])('finds the timestamp in "%s"', (text, expected) => {
    expect(shown(readCommand(text))).toBe(expected);
  });

  it.each([
    ['red panda 5 2027-02-30 10:00', '2027-02-30 10:00'],
    ['red panda 5 2027-13-01', '2027-13-01'],
    ['red panda 5 30.2.2027 10:00', '30.2.2027 10:00'],
    ['red panda 5 30.2. 10:00', '30.2. 10:00'],
    ['red panda 5 30/2 10:00', '30/2 10:00'],
    ['red panda 5 30 Feb', '30 Feb'],
    ['red panda 5 30 Feb 10:00', '30 Feb 10:00'],
    ['red panda 5 31st of April 9am', '31st of April 9am'],
    ['red panda 5 February 30th', 'February 30th'],
    ['red panda 5 Feb 30, 2027 at 9am', 'Feb 30, 2027 at 9am'],
    ['red panda 5 9am on 30 Feb', '9am on 30 Feb'],
    ['red panda 5 25:00', '25:00'],
    ['red panda 5 13:30pm', '13:30pm'],
    ['red panda 5 2027-02-30', '2027-02-30'],
    ['red panda 5 monday 18h', 'monday 18h'],
    ['red panda 5 today 25:00', 'today 25:00'],
    ['red panda 5 tomorrow 13pm', 'tomorrow 13pm'],
    ['red panda 5 every day 9am', 'every day 9am'],
    ['red panda 5 daily at 9am', 'daily at 9am'],
  ])('leaves the odd time of "%s" to validation instead of searching for it', (text, when) => {
    expect(readCommand(text)).toEqual({ kind: 'search', fields: { query: 'red panda', count: '5', when } });
  });

  it.each([
    ['red panda size:large 50 tomorrow 9am', 'red panda | 50 | tomorrow 9am; size=large'],
    ['size:large red panda licence:"public domain" 50', 'red panda | 50; size=large; licence=public domain'],
    ['red panda 20 Size:Large, type:photo, now', 'red panda | 20 | now; size=Large; type=photo'],
    ['cats min_width:800 min-height:600 Colour:red', 'cats; minWidth=800; minHeight=600; color=red'],
    ['cats site:a.org -site:b.org site:c.org 9', 'cats | 9; sites=a.org, c.org; withoutSites=b.org'],
    ['cats filetype:png engine:bing,openverse', 'cats; fileType=png; engines=bing,openverse'],
    ['cats email:ana@example.org in 2 hours', 'cats |  | in 2 hours; email=ana@example.org'],
    ['cats email:"a..b"@docomo.ne.jp 5', 'cats | 5; email="a..b"@docomo.ne.jp'],
    ['"size:large stickers" 40 size:small', 'size:large stickers | 40; size=small'],
    ['27" monitor size:large 5', '27" monitor | 5; size=large'],
    ['size:large', '; size=large'],
    ['star wars: a new hope 5', 'star wars: a new hope | 5'],
    ['intitle:panda cats size: large', 'intitle:panda cats size: large'],
    ['кот размер:large color:белый', 'кот размер:large; color=белый'],
  ])('takes filters by their names out of "%s"', (text, expected) => {
    expect(shown(readCommand(text))).toBe(expected);
  });

  it('takes the address of a job page, or the id alone, to cancel it', () => {
    const id = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';
    expect(readCommand(`cancel https://pics.example/jobs/${id}`)).toEqual({
      kind: 'cancel',
      job: `https://pics.example/jobs/${id}`,
    });
    expect(readCommand(`cancel ${id}`)).toEqual({ kind: 'cancel', job: id });
  });

  it('keeps a quoted query as written, whatever follows', () => {
    const query = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .map((text) => text.replace(/["“”„«»\s\u200B]+/gu, ' ').trim())
      .filter((text) => text !== '');
    const count = fc.integer({ min: 1, max: 500 }).map(String);
    const when = fc.constantFrom('now', 'tomorrow 9am', 'in 2 hours', '2026-12-24 18:00', 'friday');
    fc.assert(
      fc.property(query, count, when, (words, number, time) => {
        const fields = { query: words, count: number, when: time };
        expect(readCommand(`"${words}" ${number} ${time}`)).toEqual({ kind: 'search', fields });
        expect(readCommand(`"${words}" ${time} ${number}`)).toEqual({ kind: 'search', fields });
      }),
      { numRuns: 300 },
    );
  });

  it('reads any text, and adds no words', () => {
    const word = fc.constantFrom(
      'red',
      'panda',
      '100',
      '9',
      'am',
      'tomorrow',
      'at',
      'in',
      '2',
      'hours',
      '"',
      'UTC',
      'now',
      '«',
      '2026-12-24',
      'x5',
      'images',
      'of',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const command = readCommand(typed);
        if (command.kind !== 'search') return;
        const parts = Object.values(command.fields).flatMap((field = '') => field.split(' '));
        const whole = typed.replace(/[\s\u200B]+/gu, ' ');
        for (const part of parts) expect(whole).toContain(part);
        // Only quotes with nothing in them say that nothing is searched for.
        if (!/["“„«]/u.test(typed)) expect(command.fields.query).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});
