"""What boto3 sees of the target, as one JSON document: `python3 boto3-calls.py ENDPOINT REGION`; credentials from the environment."""

import json
import sys
from urllib.request import urlopen

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

endpoint, region = sys.argv[1:3]


def client(service, **more):
    config = Config(retries={"max_attempts": 1, "mode": "standard"}, connect_timeout=5, read_timeout=20)
    return boto3.client(service, endpoint_url=endpoint, region_name=region, config=config, **more)


iam, sts, ecr = client("iam"), client("sts"), client("ecr")


def refused(call, **given):
    try:
        call(**given)
    except ClientError as error:
        return [
            error.response["Error"]["Code"],
            error.response["ResponseMetadata"]["HTTPStatusCode"],
            error.response["Error"]["Message"],
        ]
    except ParamValidationError:
        return "botocore's own check"
    return "no refusal"


account = sts.get_caller_identity()["Account"]
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}],
}
allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:ListImages", "Resource": "*"}]}
found = {"account": account}

iam.create_role(RoleName="boto", AssumeRolePolicyDocument=json.dumps(trust), Tags=[{"Key": "team", "Value": "a b/é"}])
iam.get_waiter("role_exists").wait(RoleName="boto")
role = iam.get_role(RoleName="boto")["Role"]
found["role"] = {
    "document": role["AssumeRolePolicyDocument"] == trust,
    "tags": role["Tags"],
    "created": role["CreateDate"].utcoffset().total_seconds(),
}
for number in range(7):
    iam.put_role_policy(RoleName="boto", PolicyName=f"p{number}", PolicyDocument=json.dumps(allow))
pages = iam.get_paginator("list_role_policies").paginate(RoleName="boto", PaginationConfig={"PageSize": 3})
found["pages"] = [page["PolicyNames"] for page in pages]
found["inline"] = iam.get_role_policy(RoleName="boto", PolicyName="p0")["PolicyDocument"] == allow
found["empty"] = iam.list_attached_role_policies(RoleName="boto")["AttachedPolicies"]

issued = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="from-boto")["Credentials"]
session = {
    "aws_access_key_id": issued["AccessKeyId"],
    "aws_secret_access_key": issued["SecretAccessKey"],
    "aws_session_token": issued["SessionToken"],
}
found["session"] = client("sts", **session).get_caller_identity()["Arn"]

repository = ecr.create_repository(repositoryName="team-a/boto")["repository"]
found["repository"] = [repository["repositoryArn"], repository["createdAt"].year >= 2026]
found["images"] = client("ecr", **session).list_images(repositoryName="team-a/boto")["imageIds"]

found["refusals"] = {
    "taken": refused(iam.create_role, RoleName="boto", AssumeRolePolicyDocument=json.dumps(trust)),
    "missing": refused(iam.get_role, RoleName="nobody"),
    "length": refused(iam.get_role, RoleName="x" * 65),
    "repository": refused(ecr.list_images, repositoryName="nothing"),
    "denied": refused(client("ecr", **session).describe_images, repositoryName="team-a/boto"),
    "policy": refused(ecr.get_repository_policy, repositoryName="team-a/boto"),
    "unserved": refused(iam.get_credential_report),
    "unsent": refused(iam.get_role),
}
presigned = sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
found["presigned"] = presigned.split("?")[0]
found["presignedAnswer"] = urlopen(presigned, timeout=20).status

print(json.dumps(found))
