/** A configuration file with every block, as the documentation shows it. */
export const EXAMPLE_CONFIG: string = `store: "memory:"
poll: { interval: 60s, concurrency: 8, max_staleness: 15m }
limits: { max_rows: 1000000, max_pages: 10000, max_body: 4MiB, walk_deadline: 10m, requests_per_second: 10 }
accounts:
  - account_id: "1234567890123456"
    alias: prod
    regions: [cn-hangzhou, cn-shanghai]
    credentials: { access_key_id: "\${ALIBABA_CLOUD_ACCESS_KEY_ID}", access_key_secret_file: /run/secrets/fc }
    exclude: { services: ["tmp-*"] }
  - account_id: "6543210987654321"
    alias: staging
    regions: [cn-hangzhou]
    credentials: { role_arn: "acs:ram::6543210987654321:role/fc-async" }
exporter: { max_info_series: 10000 }
slack: { tables: auto, permissions: [] }
`;
