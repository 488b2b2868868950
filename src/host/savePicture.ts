import * as vscode from 'vscode';
import { nameOf } from '../core/format';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { pictureMetadata, withMetadata } from '../export/pictureMetadata';
import type { PictureFormat } from '../protocol/lensRequests';
import type { Session } from '../session/session';
import { baseNameOf, folderFor, writeWhole } from './outputPlace';
import type { WholePicture } from './pictureParts';
import { safeText } from './safeText';
import { sayInformation } from './say';

const KINDS: Readonly<Record<PictureFormat, string>> = {
  png: 'PNG image',
  svg: 'SVG drawing',
  csv: 'CSV table',
};

/** Asks where a picture of a session shall be saved, and writes it there with what it was drawn from. */
export async function savePicture(picture: WholePicture, session: Session | undefined): Promise<void> {
  if (session?.id !== picture.run) throw new UserError(message('picture-of-other-run', {}));
  const { format } = picture;
  const { settings, engine, learningRate, network, targetName } = session;
  const metadata = pictureMetadata({
    ...{ picture: picture.picture, epoch: picture.epoch, file: nameOf(session.uri), target: targetName },
    ...{
      engine,
      learningRate,
      network,
      settings,
      edits: session.marks.filter((mark) => mark.kind === 'edit'),
      byHand: session.marks.filter((mark) => mark.kind === 'hand'),
    },
  });
  const bytes = withMetadata(format, picture.bytes, metadata);
  const uri = await vscode.window.showSaveDialog({
    title: safeText(`Save as ${format.toUpperCase()}`),
    defaultUri: vscode.Uri.joinPath(folderFor(session.uri), fileNameOf(picture, session.uri)),
    filters: { [KINDS[format]]: [format] },
  });
  if (!uri) return;
  await writeWhole(uri, bytes);
  // Whether it is opened is nothing to wait for.
  void sayInformation(`${nameOf(uri.toString())} is saved.`, 'Open').then((chosen) =>
    chosen ? vscode.commands.executeCommand('vscode.open', uri, vscode.ViewColumn.One) : undefined,
  );
}

/** `flower-cost-epoch-4120.png` */
function fileNameOf({ picture, epoch, format }: WholePicture, table: string): string {
  const base = baseNameOf(table, 'picture');
  const name = picture.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `${base}-${name}${epoch === null ? '' : `-epoch-${epoch}`}.${format}`;
}
