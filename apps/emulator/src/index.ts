export {
  startEmulatorServer,
  type EmulatorServer,
  type EmulatorServerOptions,
} from "./server/start-emulator-server.ts";
export type { TlsIdentity } from "./tls/tls-identity.ts";
