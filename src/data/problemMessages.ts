import type { ColumnProblems } from './columnProblems';
import type { DateProblems } from './dateProblems';
import type { FileProblems } from './fileProblems';
import type { TableProblems } from './tableProblems';

/** What can be wrong with a table. */
export interface ProblemMessages extends FileProblems, ColumnProblems, DateProblems, TableProblems {}
