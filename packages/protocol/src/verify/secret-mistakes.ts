import type { SigningMistake } from "./signing-mistake.ts";

/** The right text, signed with a secret that was handled wrongly. */
export function secretMistakes(secret: string, stringToSign: string): readonly SigningMistake[] {
  return [
    {
      sentence: 'The secret was used with "&" behind it, as RPC-style APIs sign; here it is the raw secret.',
      secret: `${secret}&`,
      stringToSign,
    },
    {
      sentence: "The secret was used with a line break behind it, as a file that was read whole has it.",
      secret: `${secret}\n`,
      stringToSign,
    },
    {
      sentence: "The secret was used with a carriage return and line break behind it.",
      secret: `${secret}\r\n`,
      stringToSign,
    },
    { sentence: "The secret was used with a space behind it.", secret: `${secret} `, stringToSign },
    { sentence: "The secret was used within quotation marks.", secret: `"${secret}"`, stringToSign },
    // HMAC pads its key with zero bytes (RFC 2104), so one zero byte is the empty key, which WebCrypto would not take.
    { sentence: "The secret was empty, as of a variable that is not set.", secret: "\0", stringToSign },
  ];
}
