import type { CurvePoint } from '../core/history';
import type { LayerPoint } from '../core/layerCurve';
import type { Mark } from './marks';
import type { Progress } from './progress';

/** What has come of a training since its last progress was sent. */
export class Untold {
  readonly marks: Mark[] = [];
  layers: LayerPoint[] = [];
  private backTo: number | null = null;

  /** @param points of the curve so far that nobody has heard of */
  constructor(public points: CurvePoint[]) {}

  /** The training is back at an epoch: what came after it is not told. */
  cutBack(epoch: number): void {
    this.backTo = epoch;
    this.points = this.points.filter((point) => point.epoch <= epoch);
    this.layers = this.layers.filter((point) => point.epoch <= epoch);
  }

  /** The last point of the curve is another one. */
  replaceLast(point: CurvePoint): void {
    this.backTo = point.epoch - 1;
    this.points = [...this.points.filter(({ epoch }) => epoch < point.epoch), point];
  }

  /** All of it, as what a progress says; nothing is left then. */
  take(): Pick<Progress, 'backTo' | 'points' | 'layers' | 'marks'> {
    const { backTo } = this;
    this.backTo = null;
    return {
      backTo,
      points: this.points.splice(0),
      layers: this.layers.splice(0),
      marks: this.marks.splice(0),
    };
  }
}
