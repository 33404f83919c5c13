# The commands of workshop page 000, as typed there but for the role: the page names ecr_access_testing, which page 001 never creates.
TEAM_A_REPO_POLICY=$(echo -n '{"Version":"2012-10-17","Statement":[{"Sid":"DenyECRTester","Effect":"Deny","Principal":{"AWS":"arn:aws:iam::'$ACCOUNT_ID':role/ecr_access_teama_role"},"Action":"ecr:ListImages"}]}')

aws ecr set-repository-policy \
  --repository-name "team-a/alpine" \
  --region $AWS_REGION \
  --policy-text $TEAM_A_REPO_POLICY

TEAM_B_REPO_POLICY=$(echo -n '{"Version":"2012-10-17","Statement":[{"Sid":"AllowECRTester","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::'$ACCOUNT_ID':role/ecr_access_teama_role"},"Action":"ecr:ListImages"}]}')

aws ecr set-repository-policy \
  --repository-name "team-b/alpine" \
  --region $AWS_REGION \
  --policy-text $TEAM_B_REPO_POLICY

echo '== 5'
aws ecr list-images \
  --repository-name "team-a/alpine" \
  --region $AWS_REGION \
  --profile ecrTester

echo '== 6'
aws ecr list-images \
  --repository-name "team-b/alpine" \
  --region $AWS_REGION \
  --profile ecrTester
