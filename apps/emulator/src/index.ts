export {
  startEmulatorServer,
  type EmulatorServer,
  type EmulatorServerOptions,
} from "./server/start-emulator-server.ts";
export { selfMadeIdentity, type SelfMadeIdentity } from "./tls/self-made-identity.ts";
export type { TlsIdentity } from "./tls/tls-identity.ts";
