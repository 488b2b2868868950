import { full, short } from '../../src/core/format';
import { styled } from './canvas';
import { css, type Palette } from './theme';

/** The legend of a diverging scale, from −limit to limit. */
export function Scale({ palette, limit }: { palette: Palette; limit: number }) {
  const { negative, neutral, positive } = palette;
  const gradient = `linear-gradient(to right, ${css(negative)}, ${css(neutral)}, ${css(positive)})`;
  return (
    <p class="scale" title={`± ${full(limit)}`}>
      <span>{short(-limit)}</span>
      <i ref={styled('background', gradient)} />
      <span>{short(limit)}</span>
    </p>
  );
}
