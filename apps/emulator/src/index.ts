export {
  startEmulatorServer,
  type EmulatorServer,
  type EmulatorServerOptions,
} from "./server/start-emulator-server.ts";
