/** Name of the scheme, first word of its `Authorization` header and first line of its string to sign. */
export const ACS3_ALGORITHM = "ACS3-HMAC-SHA256";
