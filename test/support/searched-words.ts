/** A query, and names that honest results use for its subject: never a word of the query itself. */
export interface Searched {
  readonly script: string;
  readonly query: string;
  readonly called: readonly string[];
}

/** By script: `query: name in results, …`. */
const SEARCHED: Readonly<Record<string, string>> = {
  Latin: `cat: kitten, kitty, tabby, feline | kitten: cat, cats, kitty | gato: cat, cats | Katze: cat, Siamese cat |
    elefante: pachyderm, tusker | Kirschblüte: sakura, cherry blossom | Köln: Cologne, Cologne Cathedral |
    München: Munich | Deutschland: Germany, German Republic | España: Spain, Spanish coast | car: automobile, vehicle, sedan |
    automobile: car, vintage car | movie: film, cinema poster | soccer: football, football match | couch: sofa, sofas |
    autumn: fall foliage, fall | film noir: 1940s movie | happy: joyful people, smile, laughing | LOTR: Lord of the Rings |
    JFK: John Kennedy, President Kennedy | NYC: New York City, Manhattan | USSR: Soviet Union | UFO: flying saucer, saucer |
    RTX4090: GeForce card, Nvidia graphics | WH1000XM5: Sony headphones | 7: seven, number seven | 1984: Orwell, Big Brother novel |
    24601: Jean Valjean, Les Misérables | Muhammad Ali: Cassius Clay, boxer | Stefani Germanotta: Lady Gaga |
    Marilyn: Norma Jeane Baker | perro: dog, dogs | chien: dog, puppy | sapin: Christmas tree, fir | koira: dog, Finnish lapphund |
    húsíð: house, Icelandic turf house | şehir: city, Istanbul skyline | mèo: cat, Vietnamese cat | nyumba: house, African hut |
    elefnat: elephant, African elephant | accomodation: hotel room, lodging | definately: meme, grammar meme |
    big red animal with long trunk: elephant, mammoth | things that fly at night: bat, owl, moth | spud: potato, potatoes |
    plane: aircraft, jet, airliner | lorry: truck, semi truck | nappy: diaper, diapers | trainers: sneakers, running shoes`,
  Cyrillic: `кошка: cat, cats | красная панда: red panda, firefox | Москва: Moscow, Kremlin | собака: пёс, щенок | машина: автомобиль, авто |
    Киев: Kyiv, Kiev | Зеленский: Zelensky, president | зима: снег, снежный лес | самолёт: aircraft, Boeing | Пушкин: Russian poet, poet |
    любовь: love, heart | море: ocean, пляж | шапка: hat, ушанка | торт: cake, birthday cake | мова: language, alphabet |
    България: Bulgaria, Bulgarian mountains | Београд: Belgrade | шах: chess, chess board | дом: изба, коттедж | закат: sunset`,
  Greek: `γάτα: cat, cats | σκύλος: dog, puppy | Αθήνα: Athens, Acropolis | θάλασσα: sea, beach | ηλιοβασίλεμα: sunset |
    ελιά: olive, olives | ψωμί: bread, loaf | Σωκράτης: Socrates, philosopher | αυτοκίνητο: car, cars | καφές: espresso, coffee |
    νησί: island, Santorini | αγάπη: love, hearts | πάντα: panda, pandas | δέντρο: tree, trees | χιόνι: winter, snow |
    Πάσχα: Easter, Easter eggs | λουλούδι: flower, flowers | σπίτι: house, villa | Όλυμπος: Olympus, mount | βιβλίο: book, library`,
  Han: `小熊猫: red panda, firefox | 猫: cat, kitten | 東京: Tokyo, Shibuya | 北京: Beijing, Forbidden City | 长城: Great Wall, 万里长城 |
    爱情: love, romance | 汽车: 轿车, 跑车 | 电脑: 计算机, computer | 番茄: 西红柿, tomato | 土豆: 马铃薯, potato |
    自行车: 单车, bicycle | 飞机: aircraft, 客机 | 中秋节: mid-autumn festival, mooncake | 李小龙: Bruce Lee, kung fu | 头像: avatar, profile icon |
    風景: landscape, scenery | 手机: iPhone, smartphone | 笑脸: smiley, emoji | 黄山: Huangshan mountain, Yellow mountain | 功夫: kung fu, martial arts`,
  Kana: `ねこ: 猫, cat | レッサーパンダ: red panda, 小熊猫 | さくら: 桜, cherry blossom | くるま: 自動車, car | ラーメン: ramen, noodle |
    すし: 寿司, sushi | アニメ: anime girl, manga | とうきょう: 東京, Tokyo | ドラえもん: Doraemon, robot cat | ふじさん: 富士山, Mount Fuji |
    いぬ: 犬, 柴犬 | コーヒー: 珈琲, coffee | はな: 花, flower | ゆき: 雪景色, snow | おもちゃ: toy, 玩具 |
    スマホ: smartphone, 携帯 | りんご: apple, apples | ピカチュウ: Pikachu, Pokemon | しろ: 城, castle | まつり: 祭り, festival`,
  Hangul: `고양이: cat, 냥이 | 강아지: puppy, dog | 서울: Seoul, Han river | 방탄소년단: BTS, Bangtan | 김치: kimchi, cabbage |
    벚꽃: cherry blossom, sakura | 자동차: car, 승용차 | 사랑: love, heart | 바다: ocean, beach | 한복: hanbok, Korean dress |
    커피: coffee, latte | 여우: fox, foxes | 눈: snow, winter | 태극기: Korean flag, flag | 제주도: Jeju island, Hallasan |
    떡볶이: tteokbokki, rice cake | 하늘: sky, clouds | 손흥민: Son Heungmin, Tottenham | 아이유: IU, Korean singer | 곰: bear, grizzly`,
  Arabic: `قطة: cat, هرة | كلب: dog, جرو | القاهرة: Cairo, Nile | سيارة: car, مركبة | الكعبة: Kaaba, Mecca | حب: love, قلب |
    بحر: ocean, شاطئ | شجرة: tree, forest | محمد صلاح: Mo Salah, Liverpool | قهوة: coffee, Turkish coffee | خط عربي: calligraphy, Islamic art |
    جمل: camel, camels | صحراء: desert, dunes | رمضان: Ramadan lantern, iftar | تهران: Tehran, Azadi tower | گربه: cat, kitten |
    پاکستان: Pakistan, Karakoram | پھول: flower, roses | بغداد: Baghdad, Iraq | نخلة: palm tree, palms`,
  Hebrew: `חתול: cat, cats | כלב: dog, puppy | ירושלים: Jerusalem, Western Wall | מכונית: car, רכב | ים: beach, ocean | אהבה: love, heart |
    תל אביב: Tel Aviv, Jaffa | פרח: flower, blossom | חנוכה: Hanukkah menorah, candles | פסח: Passover, matzah | בית: house, villa |
    עץ: tree, trees | נמלה: ant, ants | שמש: sun, sunrise | מטוס: aircraft, jet | בן גוריון: Zionist leader, prime minister |
    שלג: snow, Hermon | ספר: book, library | קפה: coffee, espresso | כדורגל: football, Maccabi`,
  Thai: `แมว: cat, แมวเหมียว | หมา: สุนัข, dog | กรุงเทพ: Bangkok, Chao Phraya | ช้าง: elephant, elephants | ทะเล: beach, Andaman sea |
    อาหารไทย: Thai food, pad thai | ดอกไม้: flower, orchid | วัด: temple, Buddha | รถ: car, ยานพาหนะ | รัก: love, hearts |
    ลำไย: longan, fruit | มวยไทย: Muay Thai, boxing | ภูเก็ต: Phuket, island | ต้นไม้: tree, forest | เสือ: tiger, tigers |
    สงกรานต์: Songkran, water festival | กาแฟ: coffee, latte | ลิซ่า: Lisa Blackpink, singer | ฝน: rain, storm | บ้าน: house, villa`,
  Devanagari: `बिल्ली: cat, cats | कुत्ता: dog, श्वान | दिल्ली: Delhi, Red Fort | ताजमहल: Taj Mahal, Agra | हाथी: elephant, गज | गाड़ी: car, वाहन |
    फूल: flower, पुष्प | दीवाली: Diwali, diya lamp | क्रिकेट: cricket, Kohli | गणेश: Ganesha, Ganpati | समुद्र: ocean, सागर | पेड़: tree, वृक्ष |
    नेपाल: Nepal, Himalaya | होली: Holi colours, festival | मोर: peacock, peafowl | चाय: tea, masala tea | सूर्योदय: sunrise, dawn |
    आम: mango, mangoes | घर: house, मकान | शेर: lion, सिंह`,
};

/** More than two hundred queries in ten scripts. */
export const SEARCHES: readonly Searched[] = Object.entries(SEARCHED).flatMap(([script, rows]) =>
  rows.split('|').map((row) => {
    const [query = '', called = ''] = row.trim().split(': ');
    return { script, query, called: called.split(',').map((name) => name.trim()) };
  }),
);

/** Typical titles of pages with pictures of something. */
const TITLES = [
  '{} - Wikipedia',
  'Cute {} in the garden – free photo',
  'Everything about {} you wanted to know | National Geographic',
  'Watercolour {} by Ann Fern',
  '1,204 {} Stock Photos, Pictures & Royalty-Free Images - iStock',
  'Buy {} online at Walmart',
  'How to draw {} step by step',
  'History of {} from antiquity to our days',
  '{} wallpaper 4K',
  'My week with {} (part 3)',
  'Vintage postcard: {}, 1923',
  '{} Vector Illustration | Shutterstock',
  'r/{} on Reddit',
  'Handmade {} necklace – Etsy UK',
  'Best of {}: readers vote',
  'Is {} safe? Doctors answer',
  'Pin on {}',
  'Sunday morning and {}',
  '{} PNG transparent',
  'BBC News: {} seen near Leeds',
  'Recipe: {} for children',
  'File:{} 2017 (cropped).jpg',
  'The secret life of {}',
  '{} tattoo ideas for men',
  'Weather spoils {} weekend',
  'A poem on {} by Yeats',
  '{}: facts, habitat, diet',
  'Museum opens {} exhibition',
  'Museo de {} – Madrid',
  '{} kaufen bei eBay',
  'Les plus belles {} de France',
  '{} close-up, macro lens',
  'Lego {} set review',
  '{} in 10 charts',
  'Ask the expert: {}',
];

/** `count` titles of honest results, each naming one of `called`. */
export function titlesAbout(called: readonly string[], count = TITLES.length): string[] {
  return Array.from({ length: count }, (_, n) =>
    (TITLES[n % TITLES.length] ?? '').replaceAll('{}', called[n % called.length] ?? ''),
  );
}

/** Titles of random results, each about a different subject. */
export function titlesAboutAnything(about: readonly Searched[], count = TITLES.length): string[] {
  return Array.from({ length: count }, (_, n) => {
    const { query, called } = about[(n * 17) % about.length] ?? { query: '', called: [] };
    const name = n % 2 === 0 ? query : (called[0] ?? query);
    return (TITLES[(n * 11) % TITLES.length] ?? '').replaceAll('{}', name);
  });
}
