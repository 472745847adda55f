import { defaultFlag, parseListenAddress, parseText, valueFlag, type FlagValues } from "@fc-async/daemon";

/** The flags of `fc-async-emulator env`. */
export const ENV_FLAGS = {
  "listen-address": defaultFlag({
    placeholder: "host:port",
    help: "Where the emulator serves.",
    defaultText: "127.0.0.1:10407",
    parse: parseListenAddress,
  }),
  "seed.file": valueFlag({
    placeholder: "file",
    help: "The seed file it was started with. Without it the built-in demo.",
    parse: parseText,
  }),
  account: valueFlag({
    placeholder: "id",
    help: "The account to use. Without it the first, or the one of --access-key-id.",
    parse: parseText,
  }),
  "access-key-id": valueFlag({
    placeholder: "id",
    help: "The key to use. Without it the first of the account that is active.",
    parse: parseText,
  }),
  "tls.ca-file": valueFlag({
    placeholder: "file",
    help: "The CA certificate an emulator with --tls.self-signed wrote: the endpoints are https, and Node trusts it.",
    parse: parseText,
  }),
};

export type EnvFlags = FlagValues<typeof ENV_FLAGS>;
