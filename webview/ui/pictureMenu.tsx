import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PictureFormat } from '../../src/protocol/lensRequests';
import type { Picture } from '../pictures/picture';
import type { LensContext } from './context';
import { Icon } from './icon';

interface Item {
  readonly label: string;
  readonly isEnabled: boolean;
  /** Whether it is ticked; undefined where it is no choice. */
  readonly isChecked?: boolean;
  run(): void;
}

interface MenuProps {
  readonly context: LensContext;
  readonly picture: Picture;
}

/** What can be had of a picture, behind a button. It lies above what is below it: nothing moves. */
export function PictureMenu({ context, picture }: MenuProps) {
  const open = useSignal<readonly Item[] | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const items = open.value;
  useLayoutEffect(() => {
    const menu = list.current;
    if (!menu) return;
    const { bottom, height } = menu.getBoundingClientRect();
    // Up where there is no room below: to scroll to it would move all the rest.
    menu.classList.toggle('up', bottom > innerHeight && bottom > 2 * height);
    entriesIn(menu)[0]?.focus({ preventScroll: true });
  }, [items]);
  const close = () => {
    // Before it goes, so that the focus has somewhere to be.
    button.current?.focus({ preventScroll: true });
    open.value = null;
  };
  return (
    <span class="menu">
      <button
        ref={button}
        class="tool"
        title={`Copy or save: ${picture.title()}`}
        aria-label={`Copy or save: ${picture.title()}`}
        aria-haspopup="menu"
        aria-expanded={items !== null}
        onClick={() => (open.value = items ? null : itemsOf(context, picture))}
      >
        <Icon name="kebab-vertical" />
      </button>
      {items && (
        <div
          ref={list}
          role="menu"
          aria-label={picture.title()}
          onKeyDown={(event) => {
            const entries = entriesIn(event.currentTarget);
            const at = entries.findIndex((entry) => entry === document.activeElement);
            const to = entryAfter(event.key, at, entries.length);
            if (to !== null) entries[to]?.focus({ preventScroll: true });
            else if (event.key === 'Escape' || event.key === 'Tab') close();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          onFocusOut={({ currentTarget, relatedTarget }) => {
            const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
            // A click on the button closes it by itself.
            if (!isInside && relatedTarget !== button.current) open.value = null;
          }}
        >
          {items.map(({ label, isEnabled, isChecked, run }) => (
            <button
              key={label}
              role={isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              tabIndex={-1}
              aria-disabled={!isEnabled}
              {...(isChecked !== undefined && { 'aria-checked': isChecked })}
              onMouseEnter={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
              onClick={() => {
                if (!isEnabled) return;
                close();
                run();
              }}
            >
              <Icon name={isChecked ? 'check' : 'blank'} />
              {label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}

const entriesIn = (list: HTMLElement | null): HTMLElement[] =>
  list ? [...list.querySelectorAll<HTMLElement>('button')] : [];

/** Where a key leads from an entry; null when it is none that leads anywhere. */
function entryAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (Math.max(0, at) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function itemsOf(context: LensContext, picture: Picture): Item[] {
  const { choices } = context;
  const isEnabled = picture.drawing() !== null;
  const shown = choices.numbers.value;
  const isChecked = shown.includes(picture.name);
  const others = shown.filter((name) => name !== picture.name);
  const save = (format: PictureFormat, enabled: boolean): Item => ({
    label: `Save as ${format.toUpperCase()}`,
    isEnabled: enabled,
    run: () => void saveAs(context, picture, format),
  });
  return [
    { label: 'Copy Image', isEnabled, run: () => void copyImage(context, picture) },
    save('png', isEnabled),
    save('svg', isEnabled),
    save('csv', true),
    {
      label: 'Show Numbers',
      isEnabled: true,
      isChecked,
      run: () => (choices.numbers.value = isChecked ? others : [...others, picture.name]),
    },
  ];
}

async function copyImage(context: LensContext, picture: Picture): Promise<void> {
  try {
    const { imageOf } = await import('./exportPicture');
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': imageOf(context, picture) })]);
  } catch (error) {
    context.refuse(`The image could not be copied: ${whyOf(error)}. “Save as PNG” makes a file of it.`);
  }
}

async function saveAs(context: LensContext, picture: Picture, format: PictureFormat): Promise<void> {
  const { run } = context;
  try {
    const { exported } = await import('./exportPicture');
    // Of what is drawn now, whatever comes while its file is made.
    const epoch = run.measure.value?.epoch ?? null;
    const bytes = await exported(context, picture, format);
    context.save({ run: run.id, picture: picture.name, epoch, format, bytes });
  } catch (error) {
    context.refuse(`The picture could not be saved: ${whyOf(error)}.`);
  }
}

const whyOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
