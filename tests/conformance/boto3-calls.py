"""What boto3 sees of the target, as one JSON document: `python3 boto3-calls.py ENDPOINT REGION NAME`; credentials from the environment.

ENDPOINT is empty for AWS. A role NAME and a repository NAME are made, and left.
"""

import json
import sys
import time
from urllib.request import urlopen

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

endpoint, region, name = sys.argv[1:4]


def client(service, **more):
    config = Config(retries={"max_attempts": 1, "mode": "standard"}, connect_timeout=5, read_timeout=20)
    return boto3.client(service, endpoint_url=endpoint or None, region_name=region, config=config, **more)


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

iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), Tags=[{"Key": "team", "Value": "a b/é"}])
iam.get_waiter("role_exists").wait(RoleName=name)
role = iam.get_role(RoleName=name)["Role"]
found["role"] = {
    "document": role["AssumeRolePolicyDocument"] == trust,
    "tags": role["Tags"],
    "created": role["CreateDate"].utcoffset().total_seconds(),
}
for number in range(7):
    iam.put_role_policy(RoleName=name, PolicyName=f"p{number}", PolicyDocument=json.dumps(allow))
pages = iam.get_paginator("list_role_policies").paginate(RoleName=name, PaginationConfig={"PageSize": 3})
found["pages"] = [page["PolicyNames"] for page in pages]
found["inline"] = iam.get_role_policy(RoleName=name, PolicyName="p0")["PolicyDocument"] == allow
found["empty"] = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]



def in_time(call):
    """AWS does not know at once what was made."""
    for _ in range(30):
        try:
            return call()
        except ClientError:
            time.sleep(2)
    return call()


issued = in_time(lambda: sts.assume_role(RoleArn=role["Arn"], RoleSessionName="from-boto"))["Credentials"]
session = {
    "aws_access_key_id": issued["AccessKeyId"],
    "aws_secret_access_key": issued["SecretAccessKey"],
    "aws_session_token": issued["SessionToken"],
}
found["session"] = client("sts", **session).get_caller_identity()["Arn"]

repository = ecr.create_repository(repositoryName=name)["repository"]
found["repository"] = [repository["repositoryArn"], repository["createdAt"].year >= 2026]
found["images"] = in_time(lambda: client("ecr", **session).list_images(repositoryName=name))["imageIds"]

found["refusals"] = {
    "taken": refused(iam.create_role, RoleName=name, AssumeRolePolicyDocument=json.dumps(trust)),
    "missing": refused(iam.get_role, RoleName=f"{name}-nobody"),
    "length": refused(iam.get_role, RoleName="x" * 65),
    "repository": refused(ecr.list_images, repositoryName=f"{name}-nothing"),
    "denied": refused(client("ecr", **session).describe_images, repositoryName=name),
    "policy": refused(ecr.get_repository_policy, repositoryName=name),
    "unserved": refused(iam.get_credential_report),
    "unsent": refused(iam.get_role),
}
presigned = sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
found["presigned"] = presigned.split("?")[0]
found["presignedAnswer"] = urlopen(presigned, timeout=20).status

print(json.dumps(found))
