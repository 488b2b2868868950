import { full, short } from '../../src/core/format';
import { styled } from './canvas';
import { css, type Palette } from './theme';

interface ScaleProps {
  readonly palette: Palette;
  readonly from: number;
  readonly to: number;
  /** What is measured by it; left out where the picture says so. */
  readonly of?: string;
}

/** The legend of a diverging scale; its middle has the neutral colour. */
export function Scale({ palette, from, to, of }: ScaleProps) {
  const { negative, neutral, positive } = palette;
  const gradient = `linear-gradient(to right, ${css(negative)}, ${css(neutral)}, ${css(positive)})`;
  return (
    <p class="scale" title={`${full(from)} to ${full(to)}`}>
      {of && <span>{of}</span>}
      <span>{short(from)}</span>
      <i ref={styled('background', gradient)} />
      <span>{short(to)}</span>
    </p>
  );
}
