import { columnProblemSentences } from './columnProblemSentences';
import { dateProblemSentences } from './dateProblemSentences';
import { fileProblemSentences } from './fileProblemSentences';
import type { ProblemMessages } from './message';
import { tableProblemSentences } from './tableProblemSentences';
import type { SentencesOf } from './tableSentences';

/** The sentences of what is wrong or doubtful with a table. */
export const problemSentences: SentencesOf<ProblemMessages> = {
  ...fileProblemSentences,
  ...columnProblemSentences,
  ...dateProblemSentences,
  ...tableProblemSentences,
};
