import { message, type Field } from './protobuf';

// Numbers of fields and of types are those of onnx.proto (IR version 7).

export const ONNX_TYPES = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;
export type OnnxType = keyof typeof ONNX_TYPES;
export type Attribute = number | string | readonly number[] | readonly string[];

/** A graph in the making: nodes and constants, each of which gives the name of what it makes. */
export class OnnxGraph {
  private readonly nodes: Field[] = [];
  private readonly constants: Field[] = [];
  private readonly inputs: Field[] = [];
  private readonly outputs: Field[] = [];
  private made = 0;

  /** A node with one output, which it names. `ml`: an operator of ai.onnx.ml. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    ml = false,
  ): string {
    const output = `v${++this.made}`;
    this.nodes.push([1, nodeOf(op, inputs, output, attributes, ml)]);
    return output;
  }

  /** Gives the name `to` to what is called `from`. */
  rename(from: string, to: string): void {
    this.nodes.push([1, nodeOf('Identity', [from], to, {}, false)]);
  }

  /** A tensor of these numbers or texts. */
  constant(type: OnnxType, dims: readonly number[], values: ArrayLike<number> | readonly string[]): string {
    const name = `c${++this.made}`;
    const data: Field[] =
      type === 'string'
        ? Array.from(values as readonly string[], (text): Field => [6, text])
        : [[9, rawOf(type, values as ArrayLike<number>)]];
    this.constants.push([
      5,
      [...dims.map((dim): Field => [1, dim]), [2, ONNX_TYPES[type]], ...data, [8, name]],
    ]);
    return name;
  }

  /** An input of N rows; a negative width: a vector. */
  input(name: string, type: OnnxType, width: number): void {
    this.inputs.push([11, valueOf(name, type, width)]);
  }

  output(name: string, type: OnnxType, width: number): void {
    this.outputs.push([12, valueOf(name, type, width)]);
  }

  /** The file: a model of this graph. */
  model(description: string, metadata: Readonly<Record<string, string>>): Uint8Array {
    return message([
      [1, IR_VERSION],
      [2, 'Neuron Lens'],
      [6, description],
      [7, [...this.nodes, [2, 'network'], ...this.constants, ...this.inputs, ...this.outputs]],
      [
        8,
        [
          [1, ''],
          [2, OPSET],
        ],
      ],
      [
        8,
        [
          [1, 'ai.onnx.ml'],
          [2, OPSET_ML],
        ],
      ],
      ...Object.entries(metadata).map(([key, value]): Field => [
        14,
        [
          [1, key],
          [2, value],
        ],
      ]),
    ]);
  }
}

const IR_VERSION = 7;
const OPSET = 13;
const OPSET_ML = 2;

function nodeOf(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>>,
  ml: boolean,
): Field[] {
  return [
    ...inputs.map((input): Field => [1, input]),
    [2, output],
    [3, `make_${output}`],
    [4, op],
    ...Object.entries(attributes).map(([name, value]): Field => [5, attributeOf(name, value)]),
    ...(ml ? [[7, 'ai.onnx.ml'] as const] : []),
  ];
}

/** Whole numbers alone are INT and INTS; a text is STRING, texts are STRINGS. */
function attributeOf(name: string, value: Attribute): Field[] {
  if (typeof value === 'number')
    return [
      [1, name],
      [3, value],
      [20, 2],
    ];
  if (typeof value === 'string')
    return [
      [1, name],
      [4, value],
      [20, 3],
    ];
  const each: readonly (number | string)[] = value;
  const isText = typeof each[0] === 'string';
  return [[1, name], ...each.map((one): Field => [isText ? 9 : 8, one]), [20, isText ? 8 : 7]];
}

/** The values of a tensor, little-endian. */
function rawOf(type: Exclude<OnnxType, 'string'>, values: ArrayLike<number>): Uint8Array {
  const size = type === 'float' ? 4 : type === 'bool' ? 1 : 8;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < values.length; k++) {
    if (type === 'float') view.setFloat32(k * size, values[k], true);
    else if (type === 'double') view.setFloat64(k * size, values[k], true);
    else if (type === 'int64') view.setBigInt64(k * size, BigInt(values[k]), true);
    else view.setUint8(k, values[k]);
  }
  return bytes;
}

function valueOf(name: string, type: OnnxType, width: number): Field[] {
  const rows: Field = [1, [[2, 'N']]];
  const shape: Field[] = width < 0 ? [rows] : [rows, [1, [[1, width]]]];
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, ONNX_TYPES[type]],
            [2, shape],
          ],
        ],
      ],
    ],
  ];
}
