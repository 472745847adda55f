/**
 * What Slack accepts. From the reference page of each block; the ceiling of a whole message is undocumented and near 13,000
 * characters of JSON (https://github.com/slackapi/bolt-js/issues/2509), so 12,000 are used.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/
 * @see https://docs.slack.dev/reference/block-kit/blocks/data-table-block/
 */
export const LIMITS = {
  blocksPerMessage: 50,
  messageJsonCharacters: 12_000,
  headerCharacters: 150,
  sectionCharacters: 3000,
  tableBodyRows: 100,
  /** Function Compute's own names have at most 128 characters, so no real name is ever cut. */
  nameCharacters: 128,
  /** Of a command to type, with room for a name. */
  commandCharacters: 200,
  /** Over all cells of a table, as UTF-16 counts them. */
  tableCellCharacters: 10_000,
} as const;
