import { unitRamp, type UnitMap } from '../model/diagram';
import type { CellPicture } from '../ui/canvas';
import { pixelOf, type Palette } from '../ui/theme';

/** The picture of a unit's map. */
export function paintUnit(
  picture: CellPicture,
  { rows, cols }: { readonly rows: number; readonly cols: number },
  map: UnitMap,
  palette: Palette,
): HTMLCanvasElement {
  const ramp = unitRamp(palette, map);
  return picture.paint(rows, cols, (at) => pixelOf(ramp, map.values[at]));
}
