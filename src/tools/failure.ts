/** Something a developer can mend. Its message is a sentence for them; no stack trace is shown. */
export class ToolFailure extends Error {
  override readonly name: string = 'ToolFailure';
}

/** This machine lacks what a step needs and cannot be given it. A test part that meets this is skipped. */
export class CannotRunHere extends ToolFailure {
  override readonly name = 'CannotRunHere';
}
