/** A dense float64 matrix, row-major: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** A matrix that is only read: its numbers may be float32. */
export interface Table {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array | Float32Array;
}

/** A (rows, cols) matrix of zeros, or over `data` when given. Throws RangeError when the sizes differ. */
export function matrix(
  rows: number,
  cols: number,
  data: Float64Array = new Float64Array(rows * cols),
): Matrix {
  if (data.length !== rows * cols) {
    throw new RangeError(`${rows} × ${cols} needs ${rows * cols} numbers, got ${data.length}`);
  }
  return { rows, cols, data };
}

/** out = W·A + b, with b added to every column. W (n, k), A (k, m), b (n), out (n, m). */
export function multiplyAddColumn(W: Matrix, A: Matrix, b: Float64Array, out: Matrix): void {
  const m = A.cols;
  for (let i = 0; i < W.rows; i++) {
    const row = out.data.subarray(i * m, (i + 1) * m);
    row.fill(b[i]);
    for (let k = 0; k < W.cols; k++) {
      const w = W.data[i * W.cols + k];
      const from = k * m;
      for (let j = 0; j < m; j++) row[j] += w * A.data[from + j];
    }
  }
}

/** out = Wᵀ·D. W (n, k), D (n, m), out (k, m). */
export function transposeMultiply(W: Matrix, D: Matrix, out: Matrix): void {
  const m = D.cols;
  for (let k = 0; k < W.cols; k++) {
    const row = out.data.subarray(k * m, (k + 1) * m);
    row.fill(0);
    for (let i = 0; i < W.rows; i++) {
      const w = W.data[i * W.cols + k];
      const from = i * m;
      for (let j = 0; j < m; j++) row[j] += w * D.data[from + j];
    }
  }
}

/** out = scale · D·Aᵀ. D (n, m), A (k, m), out (n, k). */
export function multiplyTranspose(D: Matrix, A: Matrix, scale: number, out: Matrix): void {
  const m = D.cols;
  for (let i = 0; i < D.rows; i++) {
    for (let k = 0; k < A.rows; k++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += D.data[i * m + j] * A.data[k * m + j];
      out.data[i * A.rows + k] = scale * sum;
    }
  }
}

/** The columns of A named by `indices`, in that order. A (n, m) gives (n, indices.length). */
export function selectColumns(A: Table, indices: ArrayLike<number>): Matrix {
  const out = matrix(A.rows, indices.length);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < indices.length; j++) {
      out.data[i * indices.length + j] = A.data[i * A.cols + indices[j]];
    }
  }
  return out;
}
