/** Why a form cannot hold a model: what of which column, by its index, or of the model as a whole. */
export class ExportRefused extends Error {
  constructor(column: number | null, why: string) {
    super(
      column === null ? `It cannot be exported: ${why}.` : `Column ${column + 1} cannot be exported: ${why}.`,
    );
  }
}
