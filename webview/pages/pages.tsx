import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Choices } from '../choices';
import { PAGE_NAMES, type PageName } from '../keptChoices';
import type { LensContext } from '../ui/context';
import { Overview } from './overview';

type PageView = ComponentType<{ context: LensContext }>;
type Later = typeof import('./later');

const later = <Name extends keyof Later>(name: Name) =>
  loaded(() => import('./later').then((all) => all[name]));

/**
 * Each page has a file here, a name in keptChoices.ts, and a line in this table and in later.ts. All but the first come in one file, once one of
 * them is opened.
 */
const PAGES: Readonly<Record<PageName, { readonly title: string; readonly view: PageView }>> = {
  overview: { title: 'Overview', view: Overview },
  lab: { title: 'Lab', view: later('LabPage') },
  runs: { title: 'Runs', view: later('Runs') },
  neurons: { title: 'Neurons', view: later('Neurons') },
  exercises: { title: 'Exercises', view: later('Exercises') },
  equations: { title: 'Equations', view: later('Equations') },
};

const idOf = (name: PageName) => `page-${name}`;

/** The pages as tabs; where there is no room for them, as a list to choose from. */
export function PageTabs({ choices: { page } }: { choices: Choices }) {
  const go = (name: PageName) => {
    page.value = name;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = neighbour(event.key, page.value);
    if (!to) return;
    event.preventDefault();
    go(to);
    document.getElementById(idOf(to))?.focus();
  };
  return (
    <nav class="pages" aria-label="Pages">
      <div class="tabs" role="tablist" aria-label="Pages" onKeyDown={onKeyDown}>
        {PAGE_NAMES.map((name) => (
          <button
            key={name}
            id={idOf(name)}
            role="tab"
            aria-selected={page.value === name}
            aria-controls="page"
            tabIndex={page.value === name ? 0 : -1}
            onClick={() => go(name)}
          >
            {PAGES[name].title}
          </button>
        ))}
      </div>
      <select
        aria-label="Page"
        value={page.value}
        onChange={({ currentTarget }) => {
          const name = PAGE_NAMES.find((each) => each === currentTarget.value);
          if (name) go(name);
        }}
      >
        {PAGE_NAMES.map((name) => (
          <option key={name} value={name}>
            {PAGES[name].title}
          </option>
        ))}
      </select>
    </nav>
  );
}

/** The tab that a key leads to. */
function neighbour(key: string, from: PageName): PageName | undefined {
  const at = PAGE_NAMES.indexOf(from);
  switch (key) {
    case 'ArrowLeft':
      return PAGE_NAMES.at(at - 1);
    case 'ArrowRight':
      return PAGE_NAMES[(at + 1) % PAGE_NAMES.length];
    case 'Home':
      return PAGE_NAMES[0];
    case 'End':
      return PAGE_NAMES.at(-1);
    default:
      return undefined;
  }
}

/** The page that is open. */
export function Page({ context }: { context: LensContext }) {
  const name = context.choices.page.value;
  const { title, view: View } = PAGES[name];
  return (
    <div class="page" id="page" role="tabpanel" aria-label={title} data-page={name}>
      <View key={name} context={context} />
    </div>
  );
}

/** A page whose script comes when it is first shown. */
function loaded(load: () => Promise<PageView>): PageView {
  // A page that has been there before is there at once: a restart does not lose the place in it.
  let present: PageView | undefined;
  return function Loaded({ context }) {
    const page = useSignal<{ readonly view: PageView } | 'loading' | 'failed'>(
      present ? { view: present } : 'loading',
    );
    useEffect(() => {
      if (present) return;
      load().then(
        (view) => (page.value = { view: (present = view) }),
        () => (page.value = 'failed'),
      );
    }, []);
    switch (page.value) {
      case 'loading':
        return null;
      case 'failed':
        return (
          <p role="alert">
            This page cannot be loaded. If Neuron Lens has just been updated, reload the window.
          </p>
        );
      default: {
        const { view: View } = page.value;
        return <View context={context} />;
      }
    }
  };
}
