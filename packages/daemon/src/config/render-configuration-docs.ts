export function renderConfigurationDocs(): string {
  return "";
}
