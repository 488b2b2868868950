import assert from 'node:assert/strict';
import { ScrollPlace } from '../../webview/ui/place';

/** A window over a page that is as long as anybody likes. */
class Window {
  scrollY = 0;
  readonly innerHeight = 600;
  private heard = () => undefined as void;

  addEventListener(_: 'scroll', listener: () => void): void {
    this.heard = listener;
  }

  scrollTo(to: ScrollToOptions | number): void {
    assert.ok(typeof to === 'object');
    this.scrollY = to.top ?? 0;
    this.heard();
  }
}

function opened() {
  const window = new Window();
  let height = '';
  const root = { style: { setProperty: (_: string, value: string) => (height = value) } };
  const place = new ScrollPlace(root as unknown as HTMLElement, window as unknown as globalThis.Window);
  return { window, place, height: () => height };
}

describe('the place in the page', () => {
  it('begins at the top of another file and another page, with no room left over of the one before', () => {
    const { window, place, height } = opened();
    place.turnTo('overview flower');
    window.scrollTo({ top: 900 });
    assert.equal(height(), '1500px');
    place.turnTo('overview not trained yet');
    assert.deepEqual([window.scrollY, height()], [0, '0px']);
    place.turnTo('neurons flower');
    assert.deepEqual([window.scrollY, height()], [0, '0px']);
  });

  it('is found again on each of them', () => {
    const { window, place, height } = opened();
    place.turnTo('overview flower');
    window.scrollTo({ top: 900 });
    place.turnTo('neurons flower');
    window.scrollTo({ top: 50 });
    place.turnTo('overview flower');
    assert.deepEqual([window.scrollY, height()], [900, '1500px']);
    place.turnTo('neurons flower');
    assert.deepEqual([window.scrollY, height()], [50, '650px']);
  });

  it('stays through a restart of the same file, whatever is there meanwhile', () => {
    const { window, place, height } = opened();
    place.turnTo('overview flower');
    window.scrollTo({ top: 900 });
    place.turnTo('overview flower');
    assert.deepEqual([window.scrollY, height()], [900, '1500px']);
  });
});
