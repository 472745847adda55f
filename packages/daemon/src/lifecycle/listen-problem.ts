import { formatListenAddress, type ListenAddress } from "../listen-address.ts";

/** Why a server could not listen, in one line with the next step. `error` is what `listen` threw or emitted. */
export function listenProblem(error: unknown, address: ListenAddress): string {
  return `cannot listen on ${formatListenAddress(address)}: ${reasonOf(error, address)}`;
}

function reasonOf(error: unknown, { hostname, port }: ListenAddress): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return "another program uses this port. Stop it, or choose another port.";
    case "EACCES":
    case "EPERM":
      return port > 0 && port < 1024
        ? "ports below 1024 need a privilege. Choose a higher port, or grant CAP_NET_BIND_SERVICE."
        : "the system does not permit it. Choose another port, or check the sandbox of the process.";
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
      return `this machine has no address ${hostname ?? "of that kind"}. Use one it has, or leave the host out for all of them.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the name ${hostname ?? ""} does not resolve. Check it, or use an IP address.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
