import { plainLine } from '../jobs/wording/quoted-query.js';
import type { Problem } from '../validation/problem.js';
import { optionOf } from './more-options.js';
import type { Screen } from './screen.js';

/** Why there is no zip where it was asked for, as the HTTP API tells problems. */
export interface Trouble {
  /** Stable and dotted, for programs. */
  readonly code: string;
  readonly title: string;
  /** What helps; empty where nothing is known. */
  readonly detail: string;
  /** What is wrong with which field of the request. */
  readonly errors?: readonly (Omit<Problem, 'code'> & { readonly code: string })[];
}

/** Standard output. */
export type Stdout = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** How results leave the terminal door. */
export interface ResultsOptions {
  readonly screen: Screen;
  readonly stdout: Stdout;
  readonly isJson: boolean;
}

/** Writes what came out: for people to the screen, for programs to standard output. */
export class Results {
  constructor(private readonly options: ResultsOptions) {}

  /** Tells why no job was started, or what became of one is not known. @returns whether all could be told */
  async trouble(trouble: Trouble): Promise<boolean> {
    this.explain(trouble);
    return this.options.isJson ? this.print(JSON.stringify(trouble)) : true;
  }

  /** Says to a person why there is no zip. */
  explain({ title, detail, errors = [] }: Trouble): void {
    const { screen } = this.options;
    for (const { field, message } of errors) screen.complain(`${optionOf(field) ?? field}: ${message}`);
    if (errors.length === 0) screen.complain(`${title} ${detail}`.trim());
  }

  /**
   * Tells programs where the zip of a job is, or why it is not.
   * @param publicJob the job as the HTTP API shows it
   * @param path of the zip; null where there is none
   * @returns whether all could be told
   */
  async job(publicJob: object, path: string | null, trouble: Trouble | null): Promise<boolean> {
    const problem = trouble === null ? {} : { problem: trouble };
    const { isJson, stdout } = this.options;
    if (isJson) return this.print(JSON.stringify({ ...publicJob, path, ...problem }));
    if (path === null) return true;
    // The exact path for programs; a terminal would obey what may stand in it.
    return this.print(stdout.isTTY === true ? plainLine(path) : path);
  }

  private print(line: string): Promise<boolean> {
    const { stdout, screen } = this.options;
    return new Promise((resolve) => {
      stdout.write(`${line}\n`, (error) => {
        if (error) screen.complain(`Standard output does not take this (${error.message}): ${line}`);
        resolve(!error);
      });
    });
  }
}
