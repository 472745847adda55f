import { z } from "zod";

/** An object with these keys and no others; an unknown one is answered with the list of those there are. */
export function strictShape<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? `unknown key; known here: ${known}` : undefined),
  });
}
