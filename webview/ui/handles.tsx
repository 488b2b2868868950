import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { resolveInitialization } from '../../src/core/initialization';
import { full, short, whole } from '../../src/core/format';
import type { HandleKey, HandlesView, HandleValue } from '../../src/protocol/handlesView';
import type { PlainSettings } from '../../src/settings/automatic';
import { definitions, type Settings } from '../../src/settings/settings';
import { fieldText, idleReason, labels, plainOf, settingsOf, sliderOf } from '../model/handleValues';
import type { LensContext } from './context';
import { nameOf } from './examples';
import { ChoiceControl, FieldControl, SliderControl } from './handleControls';
import { LayersControl } from './layersControl';
import { Icon } from './icon';
import { Nudge } from './nudge';
import { SpeedControl } from './speed';
import { Tail } from './handleTail';

/** The handles in their order, of which the compiler asks for each; speed has a place of its own. */
const IN_ORDER: Readonly<Record<Exclude<HandleKey, 'view.epochsPerSecond'>, true>> = {
  'training.learningRate': true,
  'model.hiddenLayers': true,
  'model.hiddenActivation': true,
  'training.l2': true,
  'training.batchSize': true,
  'training.l1': true,
  'training.optimizer': true,
  'training.momentum': true,
  'model.initialization': true,
  'model.initializationScale': true,
  'training.epochs': true,
  'training.seed': true,
  'data.target': true,
};
const ORDER = Object.keys(IN_ORDER) as (keyof typeof IN_ORDER)[];
/** Those that are there while the strip is closed. */
const CLOSED = 5;

/** The handles: those that are turned most, or all. */
export function HandleStrip({ context }: { context: LensContext }) {
  const view = context.run.handles.value;
  const isOpen = context.choices.handlesOpen;
  const hinted = useSignal<HandleKey | null>(null);
  if (!view) return null;
  const settings = settingsOf(view, (key) => context.handles.draftOf(key));
  const hint = (event: Event) => {
    const { target } = event;
    const handle = target instanceof Element ? target.closest<HTMLElement>('[data-key]') : null;
    hinted.value = ORDER.find((key) => key === handle?.dataset['key']) ?? null;
  };
  return (
    <section
      class={`handles ${isOpen.value ? 'open' : 'closed'}`}
      aria-label="Handles"
      onFocusIn={hint}
      onPointerOver={hint}
    >
      <div class="all" id="all-handles">
        {(isOpen.value ? ORDER : ORDER.slice(0, CLOSED)).map((key) => (
          <Handle key={key} context={context} view={view} name={key} settings={settings} />
        ))}
        <SpeedControl context={context} view={view} />
      </div>
      {isOpen.value && <Hint of={hinted.value} settings={settings} view={view} />}
      <Tail context={context} view={view} />
    </section>
  );
}

interface HandleProps {
  readonly context: LensContext;
  readonly view: HandlesView;
  readonly name: HandleKey;
  readonly settings: Settings;
}

/** One handle: its name, what turns it, and the way back to its default. */
function Handle({ context, view, name, settings }: HandleProps) {
  const { handles, run } = context;
  const present = view.handles.find(({ key }) => key === name);
  if (!present) return null;
  const { from } = present;
  const isPending = run.live.value.pending.includes(name);
  const { default: normal } = definitions[name];
  const isAuto = normal === 'auto' || normal === '';
  const back = isAuto ? 'Back to auto' : `Back to the default, ${fieldText(name, normal)}`;
  return (
    <div
      class="handle"
      role="group"
      aria-label={labels[name]}
      data-key={name}
      data-from={from}
      data-value={JSON.stringify(settings[name])}
    >
      <span class="label">
        {labels[name]}
        <Icon name="debug-restart" class={isPending ? 'wait' : 'wait hidden'} label="Acts after a restart" />
      </span>
      <span class="control">
        <Control context={context} view={view} name={name} settings={settings} />
      </span>
      <span class={from === 'default' ? 'reset hidden' : 'reset'}>
        <Nudge
          text={isAuto ? 'auto' : 'default'}
          label={`${back}${whereText[from]}`}
          id={`reset-${name}`}
          isEnabled={from !== 'default'}
          onNudge={() => void handles.reset(name)}
        />
      </span>
    </div>
  );
}

const whereText: { readonly [K in HandlesView['handles'][number]['from']]: string } = {
  default: '',
  window: ' (set until the window closes)',
  file: ' (set for this file)',
  workspace: ' (set for all files of the workspace)',
  user: ' (set in the user settings, which stay as they are)',
};

function Control({ context, view, name, settings }: HandleProps) {
  const { handles, run, send } = context;
  const value = settings[name];
  const plain = plainOf(view, settings);
  const common = {
    name,
    isIdle: idleReason(name, plain) !== null,
    hold: (next: HandleValue) => {
      if (definitions[name].acts !== 'restart') handles.try(name, next);
    },
    release: (next: HandleValue) => void handles.set(name, next),
  };
  if (name === 'model.hiddenLayers') return <LayersControl {...common} value={plain['model.hiddenLayers']} />;
  if (name === 'data.target') {
    const target = run.view.value.dataset?.target ?? '';
    return (
      <button
        class="secondary target"
        data-action="chooseTarget"
        title={`Choose the column to predict, now ${target === '' ? 'not known' : nameOf(target)}`}
        onClick={() => send({ type: 'action', action: 'chooseTarget' })}
      >
        {nameOf(target === '' ? 'choose' : target)}…
      </button>
    );
  }
  const definition = definitions[name];
  if (definition.kind === 'choice')
    return (
      <ChoiceControl
        {...common}
        value={String(value)}
        choices={definition.choices}
        shown={(choice) => choiceText(name, choice, plain, view)}
      />
    );
  const number = value === 'auto' ? Number(plain[name]) : Number(value);
  const found = value === 'auto' && name in view.automatic;
  const scale = sliderOf(name, run.view.value.dataset?.trainRows ?? 1);
  return (
    <>
      {scale && <SliderControl {...common} value={number} scale={scale} />}
      <FieldControl
        {...common}
        value={typeof value === 'number' ? value : String(value)}
        {...(value === 'auto' && {
          placeholder: `${found ? fieldText(name, Number(short(number))) : ''} auto`,
        })}
        stepped={(up) => stepped(name, number, up, scale)}
      />
      {name === 'training.seed' && (
        <Nudge
          icon="refresh"
          label="Another seed"
          id="dice"
          isEnabled={true}
          onNudge={() => common.release(1 + Math.floor(Math.random() * 9999))}
        />
      )}
    </>
  );
}

/** What `auto` stands for is said with it, and first: a narrow list cuts off the end. */
function choiceText(
  name: HandleKey,
  choice: string,
  settings: PlainSettings,
  { automatic }: HandlesView,
): string {
  if (choice !== 'auto') return choice;
  if (name === 'training.optimizer') return `${automatic['training.optimizer'] ?? ''} (auto)`;
  if (name !== 'model.initialization') return choice;
  const { 'model.hiddenLayers': layers, 'model.hiddenActivation': activation } = settings;
  return `${resolveInitialization('auto', layers, activation)} (auto)`;
}

/** The next value by an arrow key in a field: a step of the slider, or of whole numbers the next. */
function stepped(
  name: HandleKey,
  value: number,
  up: boolean,
  scale: ReturnType<typeof sliderOf>,
): number | null {
  const by = up ? 1 : -1;
  if (scale) return scale.valueAt(scale.positionOf(value) + by * scale.step);
  const definition = definitions[name];
  if (!('minimum' in definition)) return null;
  const step = name === 'training.epochs' ? 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1) : 1;
  return Math.min(definition.maximum, Math.max(definition.minimum, value + by * step));
}

/** What a setting is. What its `auto` stands for the handle shows, and the guide explains; there is no room for that here. */
const inShort = (description: string): string => description.split(' `auto`')[0].replaceAll('`', '');

type Descriptions = typeof import('../../src/settings/descriptions');

interface HintProps {
  readonly of: HandleKey | null;
  readonly settings: Settings;
  readonly view: HandlesView;
}

/** What the handle under the pointer is, as the settings say it; the room for it is kept. */
function Hint({ of, settings, view }: HintProps) {
  const texts = useSignal<Descriptions | null>(null);
  useEffect(() => {
    void import('../../src/settings/descriptions').then((loaded) => (texts.value = loaded));
  }, []);
  const value = of && settings[of];
  const idle = of && idleReason(of, plainOf(view, settings));
  return (
    <p class="hint">
      {of && texts.value && (
        <>
          <b>{labels[of]}</b> {inShort(texts.value.descriptions[of])}{' '}
          {typeof value === 'string' && definitions[of].kind === 'choice' && (
            <i>
              {value}: {texts.value.choiceDescription(of, value)}
            </i>
          )}
          {typeof value === 'number' && Math.abs(value) >= 1000 && <i>Now {whole(value)}.</i>}
          {typeof value === 'number' && short(value) !== full(value) && <i>Now {full(value)}.</i>} {idle}
        </>
      )}
      {!of &&
        (view.canWrite
          ? 'What is set here is written to this file’s entry of neuronLens.datasets, in the settings of the workspace.'
          : 'No folder is open, so nothing can be written: what is set here holds until the window closes.')}
    </p>
  );
}
