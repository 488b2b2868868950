import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench';
import { until } from './workbench';

/** Gives the Lens, which fills the editor's part of the window, this width and height, at the browser's zoom. */
export async function resizeLens(
  { page }: Workbench,
  lens: Frame,
  width: number,
  height: number,
): Promise<void> {
  await until(`a Lens ${width} pixels wide`, async () => {
    const is = await lens.evaluate(() => innerWidth);
    if (is === width) return true;
    const window = page.viewportSize() ?? { width: 0, height };
    await page.setViewportSize({ width: window.width + width - is, height });
    return undefined;
  });
}

/** As the browser's zoom does: what is on the screen is larger by `factor`, and has less room. Returns the way back. */
export async function zoomIn({ page }: Workbench, factor: number): Promise<() => Promise<void>> {
  const size = page.viewportSize() ?? { width: 1600, height: 1000 };
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(size.width / factor),
    height: Math.round(size.height / factor),
    ...{ deviceScaleFactor: factor, mobile: false },
  });
  await page.waitForFunction((width) => innerWidth === width, Math.round(size.width / factor));
  return async () => {
    await session.send('Emulation.clearDeviceMetricsOverride');
    await session.detach();
    // It is told once more only where it is another.
    await page.setViewportSize({ ...size, height: size.height + 1 });
  };
}

/**
 * What is wrong with how the page that is open is laid out, as sentences: it is wider than the Lens; a control is cut off,
 * lies upon another, or has more text than room.
 */
export const layoutFaults = (lens: Frame): Promise<string[]> =>
  lens.evaluate(() => {
    /** As a browser rounds. */
    const SLACK = 1.5;
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    const nameOf = (element: Element) => {
      const name = element.getAttribute('aria-label') ?? (element as HTMLElement).innerText ?? '';
      return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${name.slice(0, 40).replaceAll('\n', ' ')}”`;
    };
    if (scrollWidth > clientWidth) {
      const widest = [...document.querySelectorAll('main *')]
        .filter((each) => each.getBoundingClientRect().right > clientWidth + SLACK)
        .slice(0, 3)
        .map(nameOf);
      faults.push(`the page is ${scrollWidth} wide, the Lens ${clientWidth}: ${widest.join(', ')}`);
    }
    const isSeen = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('.spoken');
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflow);
    const hides = (element: Element) => /hidden|clip/.test(getComputedStyle(element).overflow);
    const ancestors = (element: Element): Element[] =>
      element.parentElement ? [element.parentElement, ...ancestors(element.parentElement)] : [];
    /** What is scrolled out of sight lies upon nothing. */
    const inSight = (element: Element, { left, right, top, bottom }: DOMRect) => {
      const around = ancestors(element).find((each) => each !== document.body && scrolls(each));
      const outer = around?.getBoundingClientRect();
      return outer
        ? {
            ...{ left: Math.max(left, outer.left), right: Math.min(right, outer.right) },
            ...{ top: Math.max(top, outer.top), bottom: Math.min(bottom, outer.bottom) },
          }
        : { left, right, top, bottom };
    };
    const controls = [
      ...document.querySelectorAll('main button, main select, main input, main summary, main [role=slider]'),
    ].filter(isSeen);
    const boxes = controls.map((control) => {
      const box = control.getBoundingClientRect();
      for (const around of ancestors(control)) {
        // What can be scrolled to is not cut off.
        if (scrolls(around)) break;
        const outer = hides(around) ? around.getBoundingClientRect() : { left: 0, right: clientWidth };
        if (around !== document.body && !hides(around)) continue;
        if (box.left < outer.left - SLACK || box.right > outer.right + SLACK)
          faults.push(`${nameOf(control)} is cut off`);
        break;
      }
      const { textOverflow, overflow } = getComputedStyle(control);
      const isText = control.tagName === 'BUTTON' && !control.matches('.node, .tile');
      if (
        isText &&
        textOverflow !== 'ellipsis' &&
        control.scrollWidth > control.clientWidth + SLACK &&
        overflow
      )
        faults.push(
          `${nameOf(control)} has text for ${control.scrollWidth} pixels, and ${control.clientWidth}`,
        );
      return inSight(control, box);
    });
    boxes.forEach((a, i) => {
      boxes.forEach((b, k) => {
        if (k <= i || controls[i].contains(controls[k]) || controls[k].contains(controls[i])) return;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > SLACK && down > SLACK)
          faults.push(`${nameOf(controls[i])} and ${nameOf(controls[k])} lie upon one another`);
      });
    });
    return faults;
  });
