import assert from 'node:assert/strict';
import { guessEncoding } from '../../src/data/csv/encodingGuess';
import { ENCODINGS } from '../../src/data/csv/encodings';
import { readTable, type ReadTable } from '../../src/data/csv/read';
import { textOf } from '../../src/host/text';

/** Text in an encoding, of one or two bytes for a character, which the decoder of that encoding is asked for. */
function encoded(text: string, encoding: string): Uint8Array {
  const bytesOf = new Map<string, number[]>();
  const add = (...bytes: number[]) => {
    // As a stream: without, Node takes Windows-1252 for Latin-1.
    const character = new TextDecoder(encoding).decode(Uint8Array.from(bytes), { stream: true });
    if (!bytesOf.has(character) && !character.includes('\ufffd')) bytesOf.set(character, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if ([...text].some((character) => !bytesOf.has(character)))
    for (let first = 0x81; first < 255; first++)
      for (let second = 0x40; second < 255; second++) add(first, second);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = bytesOf.get(character);
      assert.ok(bytes, `${character} in ${encoding}`);
      return bytes;
    }),
  );
}

/** A table with each word of a text in some row. */
function tableOf(text: string): string {
  const words = text.split(' ');
  const rows = Array.from({ length: 60 }, (_, k) =>
    [k, words[k % words.length], words[(7 * k + (k >> 3)) % words.length], (37 * k) % 101].join(','),
  );
  return ['id,word,other,value', ...rows, ''].join('\n');
}

const guessed = ({ problems, encoding }: ReadTable) => ({
  encoding,
  fits: problems.list.flatMap((problem) => (problem.code === 'guessed-encoding' ? [problem.args.fits] : [])),
});

const POLISH =
  'Gdańsk Łódź Świętochłowice mężczyzna kobieta wykształcenie średnie wyższe tak nie źródło ćma pół ręka';
const CZECH = 'Příbram žena muž ano ne zelená černá bílá šedá Řím Město České kůň žluťoučký ďábelský';
const RUSSIAN = 'Москва Пермь женщина мужчина высшее среднее да нет ответить красный зелёный синий';
const GREEK = 'Αθήνα Θεσσαλονίκη Πάτρα άνδρας γυναίκα ναι όχι πτυχίο λύκειο κόκκινο πράσινο';
const GERMAN = 'Köln München weiblich männlich ja nein Realschule größer grün weiß Übung Ärger';
const FRENCH = 'Orléans Besançon féminin masculin oui non très élevé déjà français où hôtel île';

/** Texts as people of many countries save them, and the encoding that they are in. */
const WRITTEN: readonly (readonly [text: string, ...encodings: string[]])[] = [
  [POLISH, 'windows-1250', 'iso-8859-2'],
  [CZECH, 'windows-1250', 'iso-8859-2'],
  ['Árvíztűrő nő férfi egészség győr Székesfehérvár őszi zöld fehér igen nem', 'windows-1250'],
  ['Bucureşti Iaşi Timişoara bărbat femeie învăţământ şcoală judeţ ţară câine da nu', 'windows-1250'],
  ['Čakovec Đakovo Šibenik žena muškarac da ne srednja škola viša kuća cvijeće', 'windows-1250'],
  [RUSSIAN, 'windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'],
  ['МОСКВА ПЕРМЬ ЖЕН МУЖ ДА НЕТ ВЫСШЕЕ СРЕДНЕЕ КРАСНЫЙ', 'windows-1251', 'koi8-r'],
  ['Київ Львів жінка чоловік вища середня так ні червоний зелений Україна', 'windows-1251'],
  [GREEK, 'windows-1253'],
  ['İstanbul Şanlıurfa kadın erkek evet hayır yüksek ilköğretim kırmızı yeşil çiçek', 'windows-1254'],
  ['Šiauliai Panevėžys moteris vyras taip ne aukštasis žalia mėlyna ąžuolas įmonė ūkis', 'windows-1257'],
  ['ירושלים חיפה אישה גבר כן לא תיכונית אדום ירוק כחול', 'windows-1255'],
  ['القاهرة بغداد ذكر أنثى نعم لا ثانوي جامعي أحمر أخضر', 'windows-1256'],
  ['กรุงเทพ เชียงใหม่ ชาย หญิง ใช่ ไม่ใช่ ปริญญาตรี สีแดง', 'windows-874'],
  ['東京都 大阪府 北海道 男性 女性 はい いいえ 表示 ソフト 予約 能力', 'shift_jis', 'euc-jp'],
  ['서울 부산 대구 남자 여자 예 아니오 대학교 고등학교 빨강', 'euc-kr'],
  ['北京 上海 广州 男 女 是 否 大学 高中 红色 绿色 不知道 重庆', 'gb18030'],
  ['台北 高雄 台中 男 女 是 否 大學 高中 紅色 綠色 不知道 許功蓋', 'big5'],
  [GERMAN, 'windows-1252', 'macintosh'],
  [FRENCH, 'windows-1252', 'macintosh'],
  ['Málaga Cádiz mujer hombre sí no más años niño educación pingüino ¿Qué?', 'windows-1252'],
  ['São Paulo Brasília não sim educação superior médio açúcar três avó', 'windows-1252'],
  ['Forlì città perché più così sì no età qualità è', 'windows-1252'],
  ['København Århus kvinde mand ja nej grøn rød blå Ærø', 'windows-1252'],
  ['Reykjavík Þingvellir maður kona já nei hús bók góður ævi', 'windows-1252'],
  // Names from many countries, and signs that stand in no word.
  ['Müller García Øystein Peña Björk François Ångström São Núñez Weiß', 'windows-1252'],
  ['12 m² 20 °C 5 µg 30 € L’Été 10–20 café naïve', 'windows-1252'],
];

describe('a file that is no UTF-8', () => {
  for (const [text, ...encodings] of WRITTEN) {
    for (const encoding of encodings) {
      it(`is read as ${encoding} where that makes words: ${text.slice(0, 30)}…`, () => {
        const content = tableOf(text);
        const bytes = encoded(content, encoding);
        const table = readTable(() => [bytes]);
        assert.deepEqual(guessed(table), { encoding, fits: [true] });
        const [, word] = table.columns;
        const plain = readTable(() => [new TextEncoder().encode(content)]);
        assert.deepEqual([...word.texts], [...plain.columns[1].texts]);
      });
    }
  }

  it('is read alike in pieces of any size', () => {
    for (const [text, encoding] of [
      [CZECH, 'windows-1250'],
      [WRITTEN[14][0], 'shift_jis'],
    ] as const) {
      const bytes = encoded(tableOf(text), encoding);
      for (const size of [1, 2, 7, 64]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
          bytes.subarray(k * size, (k + 1) * size),
        );
        assert.deepEqual(guessed(readTable(() => pieces)), { encoding, fits: [true] });
      }
    }
  });

  it('is no other for a few letters, which many encodings have', () => {
    for (const text of ['café thé', 'Zoë', 'naïve', 'Ærø']) {
      const table = readTable(() => [encoded(tableOf(text), 'windows-1252')]);
      assert.deepEqual(guessed(table), { encoding: 'windows-1252', fits: [true] }, text);
    }
  });

  it('is said to be likely wrong where its letters make no words: those of DOS', () => {
    // ä, ö, ü and ß of code page 850.
    const dos: Record<string, number> = { ä: 0x84, ö: 0x94, ü: 0x81, ß: 0xe1, Ä: 0x8e, Ü: 0x9a };
    const bytes = Uint8Array.from([...tableOf(GERMAN)].map((each) => dos[each] ?? each.charCodeAt(0)));
    const table = readTable(() => [bytes]);
    assert.deepEqual(guessed(table), { encoding: 'windows-1252', fits: [false] });
    const found = table.problems.list.find(({ code }) => code === 'guessed-encoding');
    assert.match(textOf(found!), /likely wrong.*neuronLens\.csv\.encoding/);
  });

  it('is named as a guess, with the setting that tells', () => {
    const table = readTable(() => [encoded(tableOf(RUSSIAN), 'windows-1251')]);
    const found = table.problems.list.find(({ code }) => code === 'guessed-encoding');
    assert.match(textOf(found!), /windows-1251.*is a guess.*neuronLens\.csv\.encoding/);
  });

  it('is what a setting says, whatever seems to be', () => {
    const bytes = encoded(tableOf(POLISH), 'windows-1250');
    for (const encoding of ['windows-1252', 'utf-8']) {
      assert.deepEqual(guessed(readTable(() => [bytes], { encoding })), { encoding, fits: [] });
    }
  });
});

describe('a file that is UTF-8 but for some bytes', () => {
  it('stays UTF-8, with the cells that are none named', () => {
    const latin = encoded('60,Müller,Köln,1\n', 'windows-1252');
    for (const text of [GERMAN, RUSSIAN, WRITTEN[14][0]]) {
      const bytes = Buffer.concat([Buffer.from(tableOf(text)), latin]);
      const { encoding, problems } = readTable(() => [bytes]);
      assert.equal(encoding, 'utf-8');
      assert.ok(problems.list.some(({ code }) => code === 'broken-character'));
    }
  });

  it('is another where what seems to be UTF-8 is chance', () => {
    // 女 is C5 AE, which is Ů in UTF-8.
    const bytes = encoded(tableOf('男 女 北京 上海 广州 是 否 大学'), 'gb18030');
    assert.equal(guessEncoding([bytes], true)?.encoding, 'gb18030');
    assert.deepEqual(guessed(readTable(() => [bytes])), { encoding: 'gb18030', fits: [true] });
  });
});

describe('the encodings that are offered', () => {
  const names = ENCODINGS.map(({ name }) => name);

  it('are all of those that can be found from the bytes of a file, and more', () => {
    for (const encoding of new Set(WRITTEN.flatMap(([, ...encodings]) => encodings)))
      assert.ok((names as readonly string[]).includes(encoding), encoding);
    assert.ok(new Set(names).size === names.length && names.length > 20);
  });

  it('are known to the decoder, under these very names', () => {
    for (const name of names) assert.equal(new TextDecoder(name).encoding, name);
  });

  it('can be told apart by what is shown of them', () => {
    const shown = ENCODINGS.map((each) => `${each.label} ${'description' in each ? each.description : ''}`);
    assert.equal(new Set(shown).size, shown.length);
  });
});

describe('a code page of DOS', () => {
  const said = (encoding: string) =>
    readTable(() => [new TextEncoder().encode('a,b\n1,2\n')], { encoding })
      .problems.list.map((problem) => textOf(problem))
      .join();

  for (const encoding of ['cp437', 'CP850', 'ibm852', 'IBM-858', 'dos-775', '437']) {
    it(`is told from what is no encoding, with what to do: ${encoding}`, () =>
      assert.match(said(encoding), /code page of DOS.*Save the file as UTF-8/));
  }

  it('is read where it is that of Cyrillic', () => {
    for (const encoding of ['cp866', 'ibm866', 'IBM866']) assert.equal(said(encoding), '');
  });

  it('is not seen in other names', () => {
    for (const encoding of ['klingon', 'cp999', 'utf-437', '85'])
      assert.match(said(encoding), /There is no encoding/);
  });
});
