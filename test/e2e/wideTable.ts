import { random } from '../../src/core/random';

/** 26 classes, 200 features of which 3 matter, names of 200 characters in several writings. */
export function wideTable(): string {
  const { normal } = random(2, 'weights');
  const writings = ['length', '\u0627\u0644\u0637\u0648\u0644', '\u9577\u3055', '<b>width</b>'];
  const names = Array.from({ length: 200 }, (_, k) => `${k} ${writings[k % 4]} `.padEnd(200, 'abc '));
  const rows = Array.from({ length: 520 }, (_, j) => {
    const k = j % 26;
    const features = Array.from(
      { length: 200 },
      (_unused, i) => (i < 3 ? ((k * (i + 1)) % 26) / 4 : 0) + normal(),
    );
    return [...features.map((x) => x.toFixed(3)), String.fromCharCode(65 + k)].join();
  });
  return [[...names, 'letter'].join(), ...rows].join('\n');
}
