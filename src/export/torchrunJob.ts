import type { Measure } from '../core/trainer';
import type { Model } from '../runs/model';
import type { PlainSettings } from '../settings/automatic';
import { commentText } from './exported';
import features from './torchrunFeatures.py';
import main from './torchrunMain.py';
import reading from './torchrunReading.py';
import refit from './torchrunRefit.py';
import training from './torchrunTraining.py';
import writing from './torchrunWriting.py';

/** How a table is written, for the script. */
export interface JobDialect {
  /** As Python calls it. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly quote: string;
  /** What stands before a quote in a cell; empty: quotes are doubled. */
  readonly escape: string;
  readonly comments: readonly string[];
  readonly skipLines: number;
  /** The cells of the header as they are written, and which of the records it is, from 1; null: there is none. */
  readonly header: readonly string[] | null;
  readonly headerAt: number;
}

/** A training that has not begun, and the table that it is of. */
export interface Job {
  /** The name of the table's file. */
  readonly file: string;
  readonly sha256: string;
  /** Of epoch 0, with its weights in float64. */
  readonly model: Model;
  readonly settings: PlainSettings;
  readonly dialect: JobDialect;
  /** Cells in a row. */
  readonly width: number;
  /** Where in a row each column of the transform stands, and the target. */
  readonly places: readonly number[];
  readonly targetPlace: number;
  /** The lines of the rows that are trained and tested on, and which of these rows are tested on. */
  readonly lines: Int32Array;
  readonly test: Int32Array;
  /** Of each feature over the rows that are trained on: its mean, and the mean of its squares. */
  readonly means: readonly number[];
  readonly squares: readonly number[];
  readonly measure: Measure;
}

/**
 * A training as one Python script, which runs as `python` and under `torchrun`. `json`: what the script knows, in which all
 * but plain characters, and apostrophes, become escapes of JSON: it ends no text of Python.
 */
export const torchrunJob = (job: Pick<Job, 'file' | 'model' | 'settings'>, json: string): string =>
  [
    ...headOf(job),
    IMPORTS,
    '# Everything that the script knows of the table: how it is written, and the network before its first epoch.',
    `JOB = json.loads(r'''${json.replace(/[^\n\x20-\x7e]|'/g, escaped)}''')`,
    '',
    ...[reading, features, training, writing, refit, main].map((part) => `\n${part.trim()}\n`),
  ].join('\n');

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function headOf({ file, model, settings }: Pick<Job, 'file' | 'model' | 'settings'>): string[] {
  const { network, transform, training: facts } = model;
  const rows = `${facts.trainRows ?? 0} rows to train on, ${facts.testRows ?? 0} to test on`;
  const lines = [
    'A training of Neuron Lens as a script for PyTorch, in float64, on one machine or many.',
    `It predicts ${commentText(transform.target.name)} of ${commentText(file)}: a network of ${network.sizes.join(', ')} units,`,
    `${settings['training.epochs']} epochs, ${rows}. No row of the table is in this file.`,
    ...(settings['training.earlyStopping.patience'] === 0
      ? []
      : ['It trains all of its epochs: nothing stops it early.']),
    '',
    'One machine:   python train.py [DATA …]',
    '               torchrun --standalone --nproc_per_node=4 train.py [DATA …]',
    'Two machines:  torchrun --nnodes=2 --nproc_per_node=4 --rdzv_backend=c10d --rdzv_endpoint=HOST:29500 train.py DATA …',
    'Slurm:         srun --ntasks-per-node=1 torchrun --nnodes=$SLURM_NNODES --nproc_per_node=4 --rdzv_id=$SLURM_JOB_ID \\',
    '                 --rdzv_backend=c10d --rdzv_endpoint=$(scontrol show hostnames | head -n 1):29500 train.py DATA …',
    '',
    'DATA: CSV files, Parquet where pyarrow is installed, or folders of such; all with the header of that table, in the',
    'order of their names. A lost process ends all; --resume goes on from the checkpoint, on any number of processes.',
    'python train.py --help lists the options.',
  ];
  return lines.map((line) => `# ${line}`.trimEnd());
}

const IMPORTS = `
import argparse
import base64
import csv
import datetime
import gzip
import hashlib
import io
import json
import math
import os
import re
import struct
import sys
import zlib

if sys.platform == "win32":
    # PyTorch for Windows comes without it.
    os.environ.setdefault("USE_LIBUV", "0")

import numpy as np
import torch
import torch.distributed as dist
`;
