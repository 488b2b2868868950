import assert from 'node:assert/strict';
import type { Request } from '../../src/protocol/lensRequests';
import { handleKeys, type HandlesView, type HandleValue } from '../../src/protocol/handlesView';
import { defaults, definitions } from '../../src/settings/settings';
import {
  faultOf,
  fieldText,
  idleReason,
  labels,
  parseField,
  parseUnits,
  plainOf,
  settingsOf,
  sliderOf,
  speedOf,
  withLayer,
  withUnits,
} from '../../webview/model/handleValues';
import { Handles } from '../../webview/model/handles';
import { course } from './course';

describe('a handle of the Lens', () => {
  it('is there for each key, by a name of its own', () => {
    assert.equal(new Set(handleKeys.map((key) => labels[key])).size, handleKeys.length);
  });

  describe('with a slider', () => {
    const withSlider = handleKeys.filter((key) => sliderOf(key, 320) !== null);

    it('is for numbers over decades, shares, and sizes of a batch', () => {
      assert.deepEqual(
        withSlider.map((key) => labels[key]),
        ['rate', 'start scale', 'momentum', 'L1', 'L2', 'batch'],
      );
    });

    for (const key of withSlider)
      it(`gives nothing that the settings refuse, and stands where its values are: ${key}`, () => {
        const slider = sliderOf(key, 320);
        assert.ok(slider);
        const steps = Math.round((slider.max - slider.min) / slider.step);
        let before = -Infinity;
        for (let k = 0; k <= steps; k++) {
          const value: number = slider.valueAt(slider.min + k * slider.step);
          assert.equal(faultOf(key, value), null, `${value}`);
          assert.equal(slider.valueAt(slider.positionOf(value)), value);
          assert.ok(slider.positionOf(value) >= before, 'never back');
          before = slider.positionOf(value);
        }
        assert.ok(Math.abs(before - slider.max) < 1e-9, 'up to its end');
      });

    it('has ends that mean nothing at all, or all', () => {
      const l2 = sliderOf('training.l2', 320);
      const batch = sliderOf('training.batchSize', 320);
      assert.ok(l2 && batch);
      assert.equal(l2.valueAt(l2.min), 0);
      assert.equal(l2.valueAt(l2.min + l2.step), 1e-6);
      assert.deepEqual(
        [0, 1, 8, 9].map((at) => batch.valueAt(at)),
        [1, 2, 256, 0],
      );
      assert.equal(sliderOf('training.batchSize', 1)?.valueAt(0), 1, 'of one example too');
    });

    it('stands at its end for a value beyond it', () => {
      const rate = sliderOf('training.learningRate', 320);
      assert.ok(rate);
      assert.equal(rate.positionOf(1000), rate.max);
      assert.equal(rate.positionOf(1e-8), rate.min);
    });
  });

  describe('with a field', () => {
    const cases: [key: Parameters<typeof parseField>[0], text: string, value: HandleValue][] = [
      ['training.learningRate', '0.5', 0.5],
      ['training.learningRate', ' 1e−3 ', 0.001],
      ['training.learningRate', '0,5', 0.5],
      ['training.learningRate', 'Auto', 'auto'],
      ['training.batchSize', 'all', 0],
      ['training.batchSize', '64', 64],
      ['training.epochs', '10,000', 10_000],
      ['training.epochs', '1 000 000', 1_000_000],
      ['training.momentum', '.9', 0.9],
    ];
    for (const [key, text, value] of cases)
      it(`takes ${JSON.stringify(text)} for ${labels[key]} as ${JSON.stringify(value)}`, () => {
        assert.deepEqual(parseField(key, text), { value });
      });

    const faults: [key: Parameters<typeof parseField>[0], text: string, fault: string][] = [
      ['training.learningRate', '0', '0 is below 1e-8'],
      ['training.learningRate', '1001', '1001 is above 1000'],
      ['training.learningRate', 'fast', '"fast" is not a number'],
      ['training.learningRate', '', '"" is not a number'],
      ['training.batchSize', '2.5', '2.5 is not a whole number'],
      ['training.momentum', '1', '1 is above 0.9999'],
    ];
    for (const [key, text, fault] of faults)
      it(`does not take ${JSON.stringify(text)} for ${labels[key]}: ${fault}`, () => {
        assert.deepEqual(parseField(key, text), { fault });
      });

    it('shows what it would take', () => {
      for (const key of ['training.learningRate', 'training.batchSize', 'training.epochs'] as const)
        for (const value of [definitions[key].default, 1e-7, 123_456.5, 250])
          if (faultOf(key, value) === null)
            assert.deepEqual(parseField(key, fieldText(key, value)), { value }, `${key} ${value}`);
    });
  });

  it('of layers keeps to what the settings allow', () => {
    const { longest, maximum } = { longest: 6, maximum: 1024 };
    let layers: readonly number[] = [];
    for (let k = 0; k < longest; k++) layers = withLayer(layers);
    assert.deepEqual(layers, [4, 4, 4, 4, 4, 4]);
    assert.equal(withLayer(layers), layers);
    assert.deepEqual(withUnits([4, 3], 1, 9), [4, 9]);
    for (const units of [0, maximum + 1, 2.5, NaN]) {
      const present = [4];
      assert.equal(withUnits(present, 0, units), present, `${units}`);
    }
    assert.deepEqual(withLayer([7]), [7, 7]);
    assert.deepEqual(parseUnits([4, 3], 1, ' 12 '), { value: [4, 12] });
    for (const [text, fault] of [
      ['0', '0 is below 1'],
      ['5000', '5000 is above 1024'],
      ['−2', '-2 is below 1'],
      ['3.5', '3.5 is not a whole number'],
      ['', '"" is not a number'],
      ['many', '"many" is not a number'],
    ])
      assert.deepEqual(parseUnits([4, 3], 1, text), { fault });
  });

  it('says why it does nothing where it does nothing', () => {
    const plain = plainOf({ automatic: {} }, course);
    assert.match(idleReason('training.momentum', plain) ?? '', /gradientDescent/);
    assert.equal(idleReason('training.momentum', { ...plain, 'training.optimizer': 'nesterov' }), null);
    assert.equal(idleReason('model.initializationScale', plain), null);
    assert.match(
      idleReason('model.initializationScale', { ...plain, 'model.hiddenLayers': [4, 4] }) ?? '',
      /xavier/,
    );
    assert.match(
      idleReason('model.hiddenActivation', { ...plain, 'model.hiddenLayers': [] }) ?? '',
      /no hidden layer/,
    );
  });

  it('of speed stands at the speed that there is', () => {
    assert.deepEqual([0, 1, 10, 200, 1000, 1e6].map(speedOf), [
      'full',
      'slow',
      'slow',
      'paced',
      'paced',
      'paced',
    ]);
  });
});

describe('what a person does to the handles', () => {
  const RATE = 'training.learningRate';
  const told = (value: HandleValue): HandlesView => ({
    handles: [{ key: RATE, value, acting: value, from: 'file' }],
    ...{ automatic: { 'training.learningRate': 1.2 }, undo: null, canWrite: true },
  });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  function handles() {
    const asked: Request[] = [];
    const answers: ((done: boolean) => void)[] = [];
    let tick: () => void = () => undefined;
    const made = new Handles(
      {
        send: (request) => {
          asked.push(request);
          return new Promise((resolve) => answers.push(resolve));
        },
      },
      () => new Promise((resolve) => (tick = resolve)),
    );
    const answer = async (done = true) => {
      answers.splice(0).forEach((resolve) => resolve(done));
      await turn();
    };
    const pass = async () => {
      tick();
      await turn();
    };
    return { made, asked, answer, pass };
  }

  it('acts while it is held: what was tried last goes next, one at a time', async () => {
    const { made, asked, answer, pass } = handles();
    for (const value of [1, 0.9, 0.8, 0.7]) made.try(RATE, value);
    assert.deepEqual(asked, [{ type: 'try', key: RATE, value: 1 }]);
    assert.equal(made.draftOf(RATE), 0.7, 'what is shown does not wait');
    await answer();
    assert.equal(asked.length, 1, 'not before some time has passed');
    await pass();
    assert.deepEqual(asked.slice(1), [{ type: 'try', key: RATE, value: 0.7 }]);
    assert.equal(made.draftOf(RATE), 0.7);
    made.told(told(0.9));
    assert.equal(made.draftOf(RATE), 0.7, 'what the host says meanwhile is old');
  });

  it('is written once when it is let go, and nothing is tried after', async () => {
    const { made, asked, answer, pass } = handles();
    made.try(RATE, 1);
    made.try(RATE, 0.5);
    void made.set(RATE, 0.5);
    await answer();
    await pass();
    assert.deepEqual(
      asked.map(({ type }) => type),
      ['try', 'set'],
    );
    assert.equal(made.draftOf(RATE), 0.5, 'until the host says so');
    made.told(told(0.5));
    assert.equal(made.draftOf(RATE), undefined);
  });

  it('is what the host says where that was said before the answer, and where it was refused', async () => {
    const { made, answer } = handles();
    void made.set(RATE, 0.5);
    made.told(told(0.5));
    await answer();
    assert.equal(made.draftOf(RATE), undefined);
    void made.set(RATE, 0.25);
    await answer(false);
    assert.equal(made.draftOf(RATE), undefined);
  });

  it('goes back to its default, whatever was held', async () => {
    const { made, asked } = handles();
    made.try(RATE, 1);
    void made.reset(RATE);
    assert.equal(made.draftOf(RATE), undefined);
    assert.deepEqual(asked.at(-1), { type: 'reset', key: RATE });
  });

  it('gives settings that are whole and valid, drafts over what the host says', () => {
    const settings = settingsOf(told(0.5), (key) => (key === RATE ? 0.25 : undefined));
    assert.deepEqual(settings, { ...defaults, [RATE]: 0.25 });
  });
});
