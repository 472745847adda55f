import { Fragment, type JSX } from "preact";

/** Words of the description, with their `code` in backticks. */
export function Documentation({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text.split("`").map((piece, index) => (
        <Fragment key={index}>{index % 2 === 1 ? <code>{piece}</code> : piece}</Fragment>
      ))}
    </>
  );
}
