import assert from 'node:assert/strict';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { parseGlob } from '../../src/settings/globParser';
import { matchGlob, Steps, type Match } from '../../src/settings/globs';

function match(text: string, path: string, steps?: Steps): Match {
  const glob = parseGlob(text);
  assert.ok('parts' in glob, `${text} is no glob`);
  return matchGlob(glob, path, steps);
}
const means = (text: string, ...paths: string[]) =>
  paths.forEach((path) => assert.equal(match(text, path), 'yes', `${text} does not mean ${path}`));
const leaves = (text: string, ...paths: string[]) =>
  paths.forEach((path) => assert.equal(match(text, path), 'no', `${text} means ${path}`));

describe('a glob', () => {
  it('without a slash means all files of that name, with one the path', () => {
    means('cars.csv', 'cars.csv', 'data/cars.csv');
    means('data/cars.csv', 'data/cars.csv');
    leaves('data/cars.csv', 'cars.csv', 'more/data/cars.csv');
    means('./cars.csv', 'cars.csv');
    leaves('./cars.csv', 'data/cars.csv');
  });

  it('has a star for any part of a name, one that starts with a dot among them', () => {
    means('*.csv', 'a.csv', '.hidden.csv', 'deep/down/a.csv');
    leaves('*.csv', 'a.tsv', 'a.csv.gz');
    means('data/*.csv', 'data/a.csv', 'data/.a.csv');
    leaves('data/*.csv', 'data/more/a.csv');
  });

  it('has two stars for any folders, or none', () => {
    means('**/a.csv', 'a.csv', 'x/a.csv', 'x/y/a.csv');
    leaves('**/a.csv', 'xa.csv', 'x/ba.csv');
    means('x/**/a.csv', 'x/a.csv', 'x/y/z/a.csv');
    leaves('x/**/a.csv', 'xa.csv', 'y/x/a.csv');
    means('x/**', 'x', 'x/a.csv', 'x/y/a.csv');
    leaves('x/**', 'xy/a.csv');
    means('**', 'a.csv', 'x/y/a.csv');
    means('x**.csv', 'xyz.csv');
    leaves('d/x**.csv', 'd/x/y.csv');
  });

  it('has a question mark and brackets for one character', () => {
    means('a?.csv', 'ab.csv');
    leaves('a?.csv', 'a.csv', 'abc.csv');
    leaves('a?b/c.csv', 'a/b/c.csv');
    means('a[0-9x].csv', 'a7.csv', 'ax.csv');
    leaves('a[0-9x].csv', 'ay.csv');
    means('a[^0-9].csv', 'ab.csv');
    leaves('a[^0-9].csv', 'a1.csv');
    means('a[]].csv', 'a].csv');
  });

  it('means itself, whatever signs are in it', () => {
    const names = [
      'data[1].csv',
      'a (1).csv',
      '{a}.csv',
      'a{b.csv',
      'a(b.csv',
      'a[b.csv',
      '!a.csv',
      'a+b.csv',
      'a].csv',
    ];
    names.forEach((name) => means(name, name));
    means('data[1].csv', 'data1.csv');
    means('[ab]*.csv', 'b2.csv', '[ab]2.csv');
  });

  it('has braces for one of several, in one another too', () => {
    means('*.{csv,tsv}', 'a.csv', 'a.tsv');
    means('{a,b{c,d}}.csv', 'a.csv', 'bc.csv', 'bd.csv');
    leaves('{a,b{c,d}}.csv', 'b.csv', 'ac.csv');
    means('{x,y/**}/a.csv', 'x/a.csv', 'y/z/a.csv');
    means('a{,1}.csv', 'a.csv', 'a1.csv');
    means('run{1..12}.csv', 'run1.csv', 'run12.csv');
    leaves('run{1..12}.csv', 'run0.csv', 'run13.csv', 'run01.csv');
    means('{a..c}.csv', 'b.csv');
  });

  it('has parentheses with a sign before them', () => {
    means('@(a|b).csv', 'a.csv');
    means('?(a)b.csv', 'b.csv', 'ab.csv');
    means('*(ab|c).csv', '.csv', 'abcab.csv');
    means('+(ab).csv', 'abab.csv');
    leaves('+(ab).csv', '.csv', 'aba.csv');
    means('!(a|b*).csv', 'c.csv', 'aa.csv');
    leaves('!(a|b*).csv', 'a.csv', 'bb.csv');
    means('(a|b).csv', 'a.csv');
  });

  it('takes a character behind a backslash as it is, and a ! in front too', () => {
    means('a\\*.csv', 'a*.csv');
    leaves('a\\*.csv', 'ab.csv');
    leaves('!a.csv', 'b.csv');
    means('\\{a,b\\}.csv', '{a,b}.csv');
    leaves('\\{a,b\\}.csv', 'a.csv');
  });

  it('is refused with its reason where it cannot be used', () => {
    assert.deepEqual(parseGlob(''), { fault: 'empty' });
    assert.deepEqual(parseGlob('./'), { fault: 'empty' });
    assert.deepEqual(parseGlob('a'.repeat(501)), { fault: 'too-long' });
    assert.deepEqual(parseGlob(`${'{a,'.repeat(20)}b${'}'.repeat(20)}`), { fault: 'too-deep' });
  });

  describe('means what it meant under picomatch', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '1'), minLength: 1, maxLength: 4 });
    // Names end with a letter or digit: picomatch has rules of its own for dots at the end.
    const path = fc.array(
      name.filter((each) => /[^.]$/.test(each)),
      { minLength: 1, maxLength: 4 },
    );
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '1',
      '*',
      '?',
      '[ab]',
      '[^a]',
      '[!a]',
      '[a-b]',
      '\\*',
      '{a,b}',
      '{a,b*}',
      '{1,ab}',
    );
    const segment = fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .array(piece, { minLength: 1, maxLength: 4 })
          .map((pieces) => pieces.join(''))
          // Two stars mean folders only where they are alone; elsewhere picomatch is of two minds.
          .filter((each) => !each.includes('**')),
      },
      { weight: 1, arbitrary: fc.constant('**') },
    );
    const glob = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

    const check = (text: string, subject: string) => {
      const whole = text.includes('/') ? subject : subject.slice(subject.lastIndexOf('/') + 1);
      const expected = picomatch.isMatch(whole, text, { dot: true, nonegate: true }) || whole === text;
      assert.equal(match(text, subject), expected ? 'yes' : 'no', `${text} on ${subject}`);
    };

    it('for random globs and random paths', () => {
      fc.assert(
        fc.property(glob, path, (text, names) => check(text, names.join('/'))),
        { numRuns: 5000 },
      );
    });

    it('for random globs and paths that are like them', () => {
      fc.assert(
        fc.property(glob, fc.infiniteStream(fc.nat(3)), (text, random) => {
          const subject = text
            .replaceAll('**', () => ['a', 'b/a', '1', '**'][random.next().value as number])
            .replaceAll(
              /\[[^\]]*\]|\\?\*|\?|\{[^}]*\}/g,
              () => ['a', 'b', '1', 'ab'][random.next().value as number],
            );
          if (!/(^|\/|\.)(\/|$)/.test(subject)) check(text, subject);
        }),
        { numRuns: 5000 },
      );
    });
  });

  describe('takes steps in proportion to its length and that of the path', () => {
    const path = `${'a'.repeat(200)}.csv`;
    const hostile: [what: string, text: string][] = [
      ['stars and letters', `${'*a'.repeat(100)}b`],
      ['folders', `${'**/'.repeat(100)}b`],
      ['repetition in repetition', `${'+('.repeat(9)}a${')'.repeat(9)}b`],
      ['stars in repetition', '*(*a|a*|*)*(*a|a*|*)b'],
      ['braces in a row', `${'{a,aa,*}'.repeat(50)}b`],
      ['exclusions', `${'!(a*b)'.repeat(50)}c`],
      ['exclusions in one another', `${'!('.repeat(8)}*a${')*'.repeat(8)}b`],
      ['open brackets', '['.repeat(500)],
      ['open braces and parentheses', '{('.repeat(250)],
    ];
    for (const [what, text] of hostile)
      it(`or is given up: ${what}`, () => {
        const steps = new Steps();
        const glob = parseGlob(text);
        if ('parts' in glob) assert.notEqual(matchGlob(glob, path, steps), 'yes');
        assert.ok(steps.taken <= steps.mostOfOne, `${steps.taken} steps`);
      });

    it('so that stars and letters are followed to the end', () => {
      const steps = new Steps();
      assert.equal(match(`${'*a'.repeat(50)}b`, `${'a'.repeat(100)}.csv`, steps), 'no');
      assert.ok(steps.taken < 3 * 100 * 105, `${steps.taken} steps`);
      assert.equal(match(`${'*a'.repeat(50)}.csv`, `${'a'.repeat(100)}.csv`), 'yes');
    });
  });
});
