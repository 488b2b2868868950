import type { SavePart } from '../protocol/lensRequests';

/** A picture that has come whole from a Lens. */
export interface WholePicture extends Omit<SavePart, 'id' | 'offset' | 'total' | 'part'> {
  readonly bytes: Uint8Array;
}

/** More than a table of all weights of the largest network that can be set comes to. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Pictures that come from one Lens in parts, in their order; those that are not whole when it goes leave nothing. */
export class PictureParts {
  private readonly arriving = new Map<number, { readonly bytes: Uint8Array; received: number }>();

  /** The picture, where this was its last part. Throws RangeError for a part that does not follow the one before. */
  take({ id, offset, total, part, ...picture }: SavePart): WholePicture | undefined {
    if (total > MOST_BYTES) throw new RangeError('The file would be larger than 512 MB.');
    if (offset === 0) this.arriving.set(id, { bytes: new Uint8Array(total), received: 0 });
    const file = this.arriving.get(id);
    if (!file || file.received !== offset || file.bytes.length !== total || offset + part.length > total) {
      this.arriving.delete(id);
      throw new RangeError('A part of the file got lost on its way. Try again.');
    }
    file.bytes.set(part, offset);
    file.received += part.length;
    if (file.received < total) return undefined;
    this.arriving.delete(id);
    return { ...picture, bytes: file.bytes };
  }

  clear(): void {
    this.arriving.clear();
  }
}
