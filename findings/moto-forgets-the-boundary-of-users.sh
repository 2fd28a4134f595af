#!/usr/bin/env bash
# moto 5.2.1 mocks AWS. It keeps the permissions boundary that CreateRole is given, and has the calls that set one and
# take it away. CreateUser takes the same parameter without an error and forgets it, and
# PutUserPermissionsBoundary is not there at all. So whoever tests on moto that their users have a boundary finds
# none; and Terraform's AWS provider, which then finds it missing and puts it, meets a server error that it tries
# again for minutes, without a word.
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
#
# Seen:
#   role: boundary kept
#   user: boundary forgotten
#   put on a role: done
#   put on a user: NotImplementedError
#
# Installs public packages in a temporary folder. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv environment
environment/bin/pip install --quiet 'moto[iam]==5.2.1'

cat >boundaries.py <<'PROGRAM'
import json
import os

os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1")

import boto3
from moto import mock_aws

document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def outcome(call, **arguments):
    try:
        call(**arguments)
        return "done"
    except BaseException as error:
        return type(error).__name__


with mock_aws():
    iam = boto3.client("iam")
    arn = iam.create_policy(PolicyName="limits", PolicyDocument=json.dumps(document))["Policy"]["Arn"]
    iam.create_role(RoleName="one", AssumeRolePolicyDocument=json.dumps(trust), PermissionsBoundary=arn)
    iam.create_user(UserName="one", PermissionsBoundary=arn)
    role = iam.get_role(RoleName="one")["Role"]
    user = iam.get_user(UserName="one")["User"]
    for kind, found in (("role", role), ("user", user)):
        print(f"{kind}: boundary {'kept' if 'PermissionsBoundary' in found else 'forgotten'}")
    print("put on a role:", outcome(iam.put_role_permissions_boundary, RoleName="one", PermissionsBoundary=arn))
    print("put on a user:", outcome(iam.put_user_permissions_boundary, UserName="one", PermissionsBoundary=arn))
PROGRAM

cat >expected <<'SEEN'
role: boundary kept
user: boundary forgotten
put on a role: done
put on a user: NotImplementedError
SEEN

environment/bin/python boundaries.py >seen
if diff expected seen; then
  echo "as before"
else
  echo "changed"
  exit 1
fi
