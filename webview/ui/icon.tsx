import { icons } from './icons';

export type IconName = keyof typeof icons;

interface Props {
  readonly name: IconName;
  readonly class?: string;
  /** What it says, where no text beside it does. */
  readonly label?: string;
}

/** One of VS Code's icons, in the colour of the text around it. */
export function Icon({ name, class: more = '', label }: Props) {
  const { size, paths }: Shape = icons[name];
  return (
    <svg
      class={`icon ${more}`.trim()}
      viewBox={`0 0 ${size} ${size}`}
      data-icon={name}
      {...(label === undefined ? { 'aria-hidden': 'true' } : { role: 'img' })}
    >
      {label !== undefined && <title>{label}</title>}
      {paths.map((path) => (
        <path key={path.d} {...path} />
      ))}
    </svg>
  );
}

interface Shape {
  /** Both sides of its square. */
  readonly size: number;
  readonly paths: readonly { readonly d: string; readonly 'fill-rule'?: 'evenodd' }[];
}
