import { isMainThread } from 'node:worker_threads';
import { frozenAfter } from '../core/handEdits';
import { failureOf } from '../data/failure';
import { message as messageOf } from '../data/message';
import { UserError } from '../data/userError';
import type { FromTrainer, OfTrainer, ToTrainer } from '../protocol/trainer';
import type { Source } from '../protocol/source';
import type { Clock } from '../train/clock';
import { TrainingLoop } from '../train/loop';
import type { Pace } from '../train/progress';
import type { Threads } from '../train/makeTrainer';
import type { Answer, BesideQuestion } from '../train/questions';
import { copyOf, Respondent } from '../train/respondent';
import { TrainingRun } from '../train/run';
import { Beside, isBeside } from './beside';
import { FactFinder } from './factFinder';
import { contradicts, loaded, stateAtStart, underOf } from './loadedRun';
import { ownPlace, sharedPlace } from './ownProcess';
import { helperScript, startHelpers } from './pool';
import { openPort } from './port';
import { practise } from './practice';
import { PartReaders, readerScript } from './readers';
import { TrainingData } from './trainingData';

const port = openPort<ToTrainer, FromTrainer | OfTrainer>();
const log = (text: string) => port.post({ type: 'log', text });
const { machine, moved } = isMainThread ? ownPlace(__dirname, log) : sharedPlace();

/** What has been waited for comes first. */
const PRACTICE_MS = 100;

type Said = FromTrainer extends infer M ? (M extends FromTrainer ? Omit<M, 'run'> : never) : never;

const clock: Clock = {
  now: () => {
    moved();
    return performance.now();
  },
  soon: (task) => setImmediate(task),
  later: (task, ms) => setTimeout(task, ms),
};

/** The trainer of one file: one run at a time, and the data of the last one. */
class Trainer {
  /** The run that all it says is about. */
  private run = '';
  private loop: TrainingLoop | undefined;
  private respondent: Respondent | undefined;
  /** Where its table is. */
  private source: Source | undefined;
  private readonly facts = new FactFinder(clock, (message) => this.post(message));
  private readonly beside = new Beside(
    __dirname,
    clock,
    {
      answered: (id, answer) => this.post({ type: 'answered', id, answer }),
      nearly: (id, share, answer) => this.post({ type: 'nearly', id, share, answer }),
      refused: (id, error) => this.refuse(id, error),
    },
    () => {
      if (this.loop?.status === 'running') this.share();
    },
  );
  /** Threads that may train, those of an experiment among them. */
  private count = 1;
  /** Those that the run has of them. */
  private runCount = 1;
  private readonly readers = new PartReaders(readerScript(__dirname));
  private readonly data = new TrainingData(this.readers, {
    checked: (table) => this.post({ type: 'checked', table }),
    reading: (share) => {
      moved();
      this.post({ type: 'reading', share });
    },
    moved,
  });
  private pace: Pace = { epochsPerSecond: 0, framesPerSecond: 2 };
  /** What the log has of it. */
  private lanes = 0;

  /** Is ready for its first training sooner. */
  practise(): void {
    try {
      practise(this.readers, this.threads(1));
    } catch (error) {
      log(`The trainer could not practise: ${failureOf(error).detail}`);
    }
  }

  handle(message: ToTrainer): void {
    const { loop } = this;
    switch (message.type) {
      case 'load':
        this.load(message);
        return;
      case 'pace':
        this.pace = message.pace;
        loop?.setPace(message.pace);
        return;
      case 'resume':
      case 'pause':
      case 'stop':
      case 'step':
      case 'taken':
      case 'snapshot':
        loop?.[message.type]();
        return;
      case 'threads':
        this.count = message.threads;
        this.share();
        return;
      case 'continue':
        loop?.continue(message.more);
        return;
      case 'apply':
        loop?.apply(message.settings, message.epochs, message.drag);
        return;
      case 'edit': {
        const { id, edit, drag } = message;
        try {
          if (!loop) throw new UserError(messageOf('cannot-go-back', { why: 'no trainer' }));
          loop.editByHand(edit, drag);
          this.post({ type: 'answered', id, answer: { kind: 'edited' } });
        } catch (error) {
          this.refuse(id, error);
        }
        return;
      }
      case 'ask': {
        const { id, asker, question } = message;
        if (isBeside(question)) this.train(id, asker, question);
        else if (this.respondent) this.respondent.ask(id, asker, question);
        else this.refuse(id, new UserError(messageOf('cannot-go-back', { why: 'no trainer' })));
        return;
      }
      case 'unask':
        this.respondent?.unask(message.asker);
        this.beside.unask(message.asker);
        return;
      default:
        message satisfies never;
    }
  }

  private load({ run: id, source, settings, threads, resumption, hash }: ToTrainer & { type: 'load' }): void {
    this.respondent?.dispose();
    this.beside.dispose();
    this.loop?.dispose();
    this.facts.end();
    this.respondent = this.loop = undefined;
    this.source = source;
    this.run = id;
    this.count = this.runCount = threads;
    const before = resumption?.transform ?? null;
    const data = this.data.load(source, settings, threads, hash, before, resumption && underOf(resumption));
    if (data === 'otherFile' || data === 'otherReading') {
      this.post({ type: data });
      return;
    }
    const start = resumption && {
      ...{ ...resumption, frozen: frozenAfter(resumption.marks) },
      state: stateAtStart(resumption, settings),
    };
    const run = new TrainingRun(data.dataset, settings, start ?? undefined, this.threads(threads));
    if (resumption && !before && contradicts(run, resumption)) {
      run.dispose();
      this.post({ type: 'otherReading' });
      return;
    }
    const loop = new TrainingLoop(
      run,
      clock,
      {
        progress: (progress) => {
          // Before the end is told: whoever hears of that may have no more use for this trainer.
          if (progress.status !== 'running') this.logLanes(loop.run);
          this.post({ type: 'progress', progress }, [progress.parameters.buffer as ArrayBuffer]);
          this.facts.moved(loop.run, progress);
        },
        snapshot: (snapshot) =>
          this.post({ type: 'snapshot', snapshot }, [
            snapshot.parameters.buffer as ArrayBuffer,
            snapshot.state.buffer as ArrayBuffer,
          ]),
        failed: (error) => this.fail(error),
      },
      resumption,
    );
    loop.setPace(this.pace);
    this.loop = loop;
    this.respondent = this.respondentTo(loop, threads);
    this.post({ type: 'loaded', loaded: loaded(run, data.hash) });
    const readAgain = () => this.data.readAgain(this.source, settings, this.count);
    const seed = settings['training.seed'];
    this.facts.begin({ data, seed, readAgain, threads: { count: 1, machine } });
    loop.report();
    this.facts.behindFirst(run, loop.status);
  }

  private respondentTo(loop: TrainingLoop, threads: number): Respondent {
    const buffers = (answer: Answer | null) =>
      Object.values(answer ?? {}).flatMap((value: unknown) =>
        value instanceof Float64Array ? [value.buffer as ArrayBuffer] : [],
      );
    return new Respondent(
      loop,
      clock,
      {
        answered: (id, answer) => this.post({ type: 'answered', id, answer }, buffers(answer)),
        nearly: (id, share, answer) => this.post({ type: 'nearly', id, share, answer }, buffers(answer)),
        refused: (id, error) => this.refuse(id, error),
      },
      (run) => copyOf(run, this.threads(threads)),
    );
  }

  /** Begins what trains beside the run; something newer takes the place of what is under way. */
  private train(id: number, asker: string, question: BesideQuestion): void {
    const { loop, beside } = this;
    beside.giveWay();
    if (!loop) {
      this.refuse(id, new UserError(messageOf('cannot-go-back', { why: 'no trainer' })));
      return;
    }
    const isRunning = loop.status === 'running';
    // Folds and the run take turns on the same threads.
    const threads = isRunning && question.kind !== 'folds' ? Math.max(1, this.count - 1) : this.count;
    try {
      if (question.kind === 'experiment') {
        const { dataset } = loop.run;
        beside.experiment(id, asker, question.variants, { dataset, threads, machine });
      } else {
        // The data set has taken the columns of its table.
        const checked = this.data.readAgain(this.source, question.settings, threads);
        beside.search(id, asker, question, { checked, threads: this.threads(threads) });
      }
    } catch (error) {
      this.refuse(id, error);
    } finally {
      // What gave way, and what was refused, has given its threads back.
      if (isRunning) this.share();
    }
  }

  /** Gives the run the threads that what trains beside it leaves. */
  private share(): void {
    const count = this.beside.takesThreads ? 1 : this.count;
    if (count === this.runCount) return;
    this.runCount = count;
    const threads = this.threads(count);
    this.loop?.replace((run, start) => {
      const { interval } = run.history;
      const { automatic, acting } = run;
      return new TrainingRun(run.dataset, acting, { ...start, interval, automatic }, threads);
    });
  }

  private refuse(id: number, error: unknown): void {
    this.post({ type: 'refused', id, failure: failureOf(error) });
  }

  /** Says in the log how wide the loops run, whenever that has changed by the end of a run. */
  private logLanes({ epoch, trainer }: TrainingRun): void {
    if (epoch === 0 || trainer.lanes === this.lanes) return;
    this.lanes = trainer.lanes;
    log(`The engine ${trainer.engine} takes ${trainer.lanes} numbers at a time.`);
  }

  fail(error: unknown): void {
    this.post({ type: 'failed', failure: failureOf(error) });
  }

  private post(message: Said, transfer: ArrayBuffer[] = []): void {
    port.post({ ...message, run: this.run }, transfer);
  }

  private threads(count: number): Threads {
    return { count, start: startHelpers(helperScript(__dirname)), machine };
  }
}

const trainer = new Trainer();
// A process waits for a training for a while, nearly always; a thread is started for one that waits.
const practice = isMainThread ? setTimeout(() => trainer.practise(), PRACTICE_MS) : undefined;
port.listen((message) => {
  clearTimeout(practice);
  try {
    trainer.handle(message);
  } catch (error) {
    trainer.fail(error);
  }
});
port.post({ type: 'ready', pid: process.pid });
