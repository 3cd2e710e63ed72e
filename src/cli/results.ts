import { plainLine } from '../jobs/wording/quoted-query.js';
import type { Problem } from '../validation/problem.js';
import { optionOf } from './more-options.js';
import type { Screen } from './screen.js';

/** The reason why there is no zip, shaped like the HTTP API's problems. */
export interface Trouble {
  /** Stable dotted code, for programs. */
  readonly code: string;
  readonly title: string;
  /** Advice; empty if there is none. */
  readonly detail: string;
  /** Problems by field of the request. */
  readonly errors?: readonly (Omit<Problem, 'code'> & { readonly code: string })[];
}

/** Standard output. */
export type Stdout = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Options of the terminal's results. */
export interface ResultsOptions {
  readonly screen: Screen;
  readonly stdout: Stdout;
  readonly isJson: boolean;
  /** The name of the list of searches, for its problems; absent: there is none. */
  readonly list?: string | null;
}

/** Writes results: for people to the screen, for programs to standard output. */
export class Results {
  constructor(private readonly options: ResultsOptions) {}

  /** Reports why no job started, or why its outcome is unknown. @returns whether everything was written */
  async trouble(trouble: Trouble): Promise<boolean> {
    this.explain(trouble);
    return this.options.isJson ? this.print(JSON.stringify(trouble)) : true;
  }

  /** Tells a person why there is no zip. */
  explain({ title, detail, errors = [] }: Trouble): void {
    const { screen, list } = this.options;
    const placeOf = (field: string): string =>
      (field === 'queries' ? list : null) ?? optionOf(field) ?? field;
    for (const { field, message } of errors) screen.complain(`${placeOf(field)}: ${message}`);
    if (errors.length === 0) screen.complain(`${title} ${detail}`.trim());
  }

  /**
   * Tells programs the path of the zip, or why there is none.
   * @param publicJob the job as the HTTP API shows it
   * @param path path of the zip; null if there is none
   * @returns whether everything was written
   */
  async job(publicJob: object, path: string | null, trouble: Trouble | null): Promise<boolean> {
    const problem = trouble === null ? {} : { problem: trouble };
    const { isJson, stdout } = this.options;
    if (isJson) return this.print(JSON.stringify({ ...publicJob, path, ...problem }));
    if (path === null) return true;
    // Programs get the exact path. A terminal gets it escaped, since it would obey control characters in it.
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
