# This configuration applied on a mock: without an account, credentials or the network.

mock_provider "aws" {
  source = "../../modules/remotion-lambda-role/tests/mocks"
}

run "applies_on_a_mock" {
  command = apply

  assert {
    condition     = strcontains(module.user.policy_json, "role/video/${module.role.role_name}")
    error_message = "The user may not give Remotion's functions their role."
  }

  assert {
    condition     = strcontains(module.policy.policy_json, "role/video/${module.role.role_name}")
    error_message = "Callers may not give Remotion's functions their role."
  }
}
