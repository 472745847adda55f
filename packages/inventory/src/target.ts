/** `{source}/{account}/{region}`, for example `fc2/1234567890123456/cn-hangzhou`: the key of a target everywhere. */
export type TargetId = `${string}/${string}/${string}`;

/** What one walk reads: one account in one region, through one source. Plain data, the same in every process. */
export interface Target {
  readonly id: TargetId;
  readonly source: string;
  readonly accountId: string;
  readonly regionId: string;
}

/** The id of a target, for example `targetId("fc2", "1234567890123456", "cn-hangzhou")`. */
export function targetId(source: string, accountId: string, regionId: string): TargetId {
  return `${source}/${accountId}/${regionId}`;
}
