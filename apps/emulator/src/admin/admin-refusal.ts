/** One thing wrong with a body: where, as `$[0].match`, and what. */
export interface BodyProblem {
  readonly path: string;
  readonly message: string;
}

/** A request the admin API does not carry out. `message` says who, what and the next step. */
export class AdminRefusal extends Error {
  override readonly name = "AdminRefusal";
  readonly status: 400 | 403 | 404 | 405 | 413 | 415;
  readonly code: string;
  readonly problems: readonly BodyProblem[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: AdminRefusal["status"],
    code: string,
    message: string,
    more: {
      readonly problems?: readonly BodyProblem[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = more.problems;
    this.headers = { ...more.headers };
  }
}
