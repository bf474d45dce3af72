/**
 * Something that stops the program for a reason a person can mend: bad config, a lost database, a full disk.
 * `code` stands in docs/errors.md, `message` says what happened and where, `fix` what to do next.
 * Failures of single sources, pages or channels are values (`Failure`), never this.
 */
export class Problem extends Error {
  readonly code: string;
  readonly fix: string;
  constructor(problem: { code: string; message: string; fix: string; cause?: unknown }) {
    super(problem.message, problem.cause === undefined ? undefined : { cause: problem.cause });
    this.name = 'Problem';
    this.code = problem.code;
    this.fix = problem.fix;
  }
}
