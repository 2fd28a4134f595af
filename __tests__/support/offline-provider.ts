/** Arguments of an AWS provider that asks nobody: no account, no credentials, no metadata. */
export const OFFLINE_PROVIDER = {
  region: "us-east-1",
  access_key: "none",
  secret_key: "none",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: true,
};
