import { LEAKY_SLOPE, type HiddenActivation } from '../core/activations';
import type { Exported } from './exported';
import {
  PYTHON_AGREES,
  PYTHON_FEATURES,
  pythonCheckRows,
  pythonFeatures,
  pythonHead,
  pythonLayers,
} from './pythonModel';

/** A model as one Python file with a module of PyTorch in float64; run as a script, it checks itself. */
export function pytorchModel(exported: Exported): string {
  return [
    ...pythonHead([
      ...exported.head,
      '',
      'model is the network, in float64; predict(table) takes a dict or a DataFrame. Run as a script, it checks itself,',
      'with the name of a safetensors file the weights in that. load_safetensors(path) puts such weights into model.',
    ]),
    'import json',
    'import struct',
    'import sys',
    '',
    'import numpy as np',
    'import torch',
    '',
    ...pythonLayers(exported),
    ...pythonCheckRows(exported),
    '',
    PYTHON_FEATURES,
    '',
    ...pythonFeatures(exported),
    '',
    '',
    ...network(exported),
    PYTHON_AGREES,
    LOADING,
  ].join('\n');
}

function network({ hidden, output, scale }: Exported): string[] {
  const answer = {
    sigmoid: [
      '    p = torch.sigmoid(Z)',
      '    A = torch.cat([1 - p, p], dim=1)',
      '    return A, (A[:, 1] > 0.5).long()',
    ],
    softmax: ['    return torch.softmax(Z, dim=1), torch.argmax(Z, dim=1)'],
    linear: [`    return Z * ${scale?.deviation ?? 1} + ${scale?.mean ?? 0}, torch.zeros(len(Z))`],
  }[output];
  return [
    'def layers():',
    '    made = []',
    '    for k, (W, b) in enumerate(LAYERS):',
    '        linear = torch.nn.Linear(W.shape[1], W.shape[0], dtype=torch.float64)',
    '        with torch.no_grad():',
    '            linear.weight.copy_(torch.from_numpy(W))',
    '            linear.bias.copy_(torch.from_numpy(b))',
    '        made.append(linear)',
    '        if k < len(LAYERS) - 1:',
    `            made.append(${activation(hidden)})`,
    '    return made',
    '',
    '',
    '# From features, (m, nx), to what is before the last activation.',
    'model = torch.nn.Sequential(*layers())',
    '',
    '',
    'def outputs(X):',
    scale
      ? '    """The number of each row of X, (m, nx), as (m, 1); and a 0."""'
      : '    """The probability of each class, (m, classes), in the order of LABELS; and the class as an index."""',
    '    Z = model(X)',
    ...answer,
    '',
    '',
    'def predict(table):',
    '    with torch.no_grad():',
    '        A, indexes = outputs(torch.from_numpy(features(table).T.copy()))',
    scale ? '    return A[:, 0].numpy()' : '    return [LABELS[k] for k in indexes]',
  ];
}

function activation(hidden: HiddenActivation): string {
  switch (hidden) {
    case 'tanh':
      return 'torch.nn.Tanh()';
    case 'sigmoid':
      return 'torch.nn.Sigmoid()';
    case 'relu':
      return 'torch.nn.ReLU()';
    case 'leakyRelu':
      return `torch.nn.LeakyReLU(${LEAKY_SLOPE})`;
    case 'linear':
      return 'torch.nn.Identity()';
    default:
      return hidden satisfies never;
  }
}

const LOADING = `
def load_safetensors(path):
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        head = json.loads(file.read(size))
        data = file.read()
    types = {"F32": "<f4", "F64": "<f8"}
    linear = [module for module in model if isinstance(module, torch.nn.Linear)]
    with torch.no_grad():
        for k, module in enumerate(linear):
            for name in ("weight", "bias"):
                found = head["layers.%d.%s" % (k, name)]
                start, end = found["data_offsets"]
                values = np.frombuffer(data[start:end], dtype=types[found["dtype"]]).reshape(found["shape"])
                getattr(module, name).copy_(torch.from_numpy(values.astype(np.float64)))


def check():
    with torch.no_grad():
        A, indexes = outputs(torch.from_numpy(features(CHECK).T.copy()))
    return agrees(A.numpy(), indexes.numpy())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        load_safetensors(sys.argv[1])
    if not check():
        raise SystemExit("These are not the numbers of the model that was exported.")
    print("The numbers agree.")
`;
