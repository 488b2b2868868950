/** The thread that reads and checks tables for the host: it loads nothing of the engine. */
import { parentPort } from 'node:worker_threads';
import { readHead } from '../data/csv/read';
import { readOptionsOf } from '../data/csv/readOptions';
import { failureOf } from '../data/failure';
import { checkTable } from '../data/table/check';
import { adviseSplit } from '../data/table/splitAdvice';
import { splitQuestions } from '../data/table/splitQuestions';
import { viewOf } from '../data/table/tableView';
import type { FromReader, ToReader } from '../protocol/reader';
import { checkSource } from './checkSource';
import { resolveThreads, SPARE_CORES } from './cores';
import { PartReaders, readerScript } from './readers';

const port = parentPort;
if (!port) throw new Error('tableReader.js runs in a worker thread only');
const readers = new PartReaders(readerScript(__dirname));
const post = (message: FromReader) => port.postMessage(message);

port.on('message', (asked: ToReader) => {
  const { id, settings, source, head } = asked;
  try {
    if (head && source.kind === 'bytes') {
      const table = readHead(source.bytes, head.whole, readOptionsOf(settings));
      const checked = checkTable(table, settings, 'quick');
      post({ type: 'checked', id, table: viewOf(checked, head.whole), hash: '' });
      return;
    }
    const threads = resolveThreads(settings['training.threads'], SPARE_CORES);
    const { checked, hash } = checkSource(asked, threads, readers, (share) =>
      post({ type: 'reading', id, share }),
    );
    adviseSplit(splitQuestions(checked, settings), checked.table.problems);
    post({ type: 'checked', id, table: viewOf(checked), hash });
  } catch (error) {
    post({ type: 'failed', id, failure: failureOf(error) });
  }
});
