import { createLogger, credentialsProvider, readConfig } from "@fc-async/daemon";

const text = `
accounts:
  - account_id: "1234567890123456"
    regions: [cn-hangzhou]
    credentials: { access_key_id: "\${KEY_ID}", access_key_secret: "\${KEY_SECRET}" }
`;
const env = { KEY_ID: "LTAI5tExampleKeyId0000", KEY_SECRET: "ExampleSecret0000000000000000" };

const lines: string[] = [];
const logger = createLogger({ level: "info", format: "logfmt", write: (line) => lines.push(line), now: () => 0 });

const config = readConfig(text, { fileName: "fc-async.yaml", env });
for (const { accountId, credentials } of config.accounts) {
  const { accessKeyId } = await credentialsProvider(credentials)();
  logger.info("keys found", { accountId, accessKeyId, credentials });
}

export const printed: string = lines.join("");
