import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { columnsFor, roleOf, type Part } from '../model/equationParts';
import type { Equations } from '../model/equations';
import type { LensContext } from '../ui/context';
import { MatrixGrid } from '../ui/matrixGrid';

/** The matrices of a step side by side, with the signs of its equation between them. */
export function Matrices({
  context,
  equations,
  lines,
  nameOf,
}: {
  context: LensContext;
  equations: Equations;
  lines: readonly (readonly Part[])[];
  nameOf(axis: string, k: number): string;
}) {
  const width = useSignal(600);
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([{ contentRect }]) => (width.value = contentRect.width));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  const trace = equations.trace.value;
  const columnsOf = ({ key, transposed }: Extract<Part, { kind: 'quantity' }>) => {
    const matrix = trace?.get(key);
    return matrix ? (transposed ? matrix.rows : matrix.cols) : 1;
  };
  const widths = lines.map((parts) =>
    parts.flatMap((part) => (part.kind === 'quantity' ? [columnsOf(part)] : [])),
  );
  const most = { rows: 6, cols: columnsFor(widths, width.value) };
  const isUpdate = equations.step.value.kind === 'update';
  return (
    <div class="matrixRow" ref={element}>
      {lines.map((parts, line) => (
        <div class="matrixLine" key={line}>
          {withSigns(parts).map(({ signs, quantity }, k) => (
            <span class="matrixUnit" key={k}>
              {signs.map((part, n) => (
                <SignOf key={n} part={part} />
              ))}
              {quantity && (
                <MatrixGrid
                  {...{ context, equations, nameOf, most }}
                  quantity={quantity.key}
                  transposed={quantity.transposed}
                  {...(isUpdate && { role: roleOf(quantity.key) })}
                />
              )}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

type Operand = Extract<Part, { kind: 'quantity' }>;

/** Each matrix with the signs before it, so that a line breaks before a sign. */
function withSigns(parts: readonly Part[]): { signs: Part[]; quantity: Operand | null }[] {
  const units: { signs: Part[]; quantity: Operand | null }[] = [];
  let signs: Part[] = [];
  for (const part of parts) {
    if (part.kind !== 'quantity') signs.push(part);
    else {
      units.push({ signs, quantity: part });
      signs = [];
    }
  }
  return signs.length > 0 ? [...units, { signs, quantity: null }] : units;
}

function SignOf({ part }: { part: Part }) {
  switch (part.kind) {
    case 'dot':
      return <Sign kind="dot" text="·" />;
    case 'star':
      return <Sign kind="star" text="∗" />;
    case 'mean':
      return <Sign kind="plain" text="1/m Σ" />;
    case 'sign':
      return <Sign kind="plain" text={part.sign} />;
    case 'quantity':
      return null;
    default:
      return part satisfies never;
  }
}

const Sign = ({ kind, text }: { kind: string; text: string }) => (
  <span class={`sign ${kind}`} aria-hidden="true">
    {text}
  </span>
);
