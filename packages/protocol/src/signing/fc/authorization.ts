/** Last stage of the `FC` scheme: the `Authorization` header. */
export function fcAuthorization(accessKeyId: string, signature: string): string {
  return `FC ${accessKeyId}:${signature}`;
}
