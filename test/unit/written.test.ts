import assert from 'node:assert/strict';
import fc from 'fast-check';
import { optionName, settingsFrom } from '../../src/settings/commandLine';
import { datasetKeys, definitions, type SettingKey, type Settings } from '../../src/settings/settings';
import { writtenValue } from '../../src/settings/written';

/** What an option of a key makes of a text. */
function read(key: SettingKey, text: string): unknown {
  const found = settingsFrom({ [optionName(key)]: text });
  return 'settings' in found ? found.settings[key] : found.problem;
}

/** Some value of a key, as settings may hold it. */
function valueOf(key: SettingKey): fc.Arbitrary<unknown> {
  const definition = definitions[key];
  const name = fc.string({ minLength: 1, maxLength: 12 });
  const number = ({ minimum, maximum, whole }: { minimum: number; maximum: number; whole?: boolean }) =>
    whole
      ? fc.integer({ min: Math.ceil(minimum), max: Math.min(maximum, 2 ** 31) })
      : // -0 is written as 0.
        fc.double({ min: minimum, max: Math.min(maximum, 1e6), noNaN: true }).map((x) => x + 0);
  switch (definition.kind) {
    case 'number':
      return number(definition);
    case 'numberOrAuto':
      return fc.oneof(fc.constant('auto'), number(definition));
    case 'numbers':
      return fc.array(number(definition), { maxLength: 3 });
    case 'numbersOrAuto':
      return fc.oneof(fc.constant('auto'), fc.array(number(definition), { maxLength: 3 }));
    case 'choice':
      return fc.constantFrom(...definition.choices);
    case 'text':
      return name;
    case 'texts':
      return fc.array(
        name.filter((text) => !text.includes(',')),
        { maxLength: 3 },
      );
    case 'choiceByColumn':
      return fc.dictionary(name, fc.constantFrom(...definition.choices), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'textsByColumn':
      return fc.dictionary(name, fc.array(name, { minLength: 1, maxLength: 2 }), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'boolean':
      return fc.boolean();
    default:
      return definition satisfies never;
  }
}

describe('a setting that is written as an option', () => {
  for (const key of datasetKeys) {
    it(`is read as it was: ${key}`, () => {
      fc.assert(
        fc.property(valueOf(key), (value) => {
          const written = writtenValue(key, value as Settings[SettingKey]);
          // Where it cannot be held nothing is written.
          if (written === null) return;
          const found = read(key, written);
          if (typeof found === 'object' && found !== null && 'fault' in found) return;
          assert.deepEqual(found, value);
        }),
      );
    });
  }

  it('is written wherever its value is plain', () => {
    assert.equal(writtenValue('model.hiddenLayers', [8, 4]), '8,4');
    assert.equal(writtenValue('model.hiddenLayers', []), 'none');
    assert.equal(writtenValue('training.learningRate', 0.1), '0.1');
    assert.equal(
      writtenValue('data.columnTypes', { 'a, b': 'list', age: 'number' }),
      '"a, b"=list,age=number',
    );
    assert.equal(writtenValue('data.placeholders', { age: ['99', '-1'] }), 'age=99,age=-1');
    assert.equal(writtenValue('data.ignoredColumns', ['a', 'b']), 'a,b');
  });

  it('is not where a line cannot hold it', () => {
    assert.equal(writtenValue('data.ignoredColumns', ['a, b']), null);
  });
});
