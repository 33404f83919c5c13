# The commands of workshop page 001, as typed there. The variables ACCOUNT_ID, AWS_REGION, ECR_REPO_A and ECR_REPO_B come from the shell.
echo "export ECR_ACCESS_ROLE=ecr_access_teama_role" >> ~/.ecr_security
echo "export ECR_ACCESS_POLICY=ecr_access_testing" >> ~/.ecr_security
source ~/.ecr_security

TRUST_POLICY=$(echo -n '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::'$ACCOUNT_ID':root"},"Action":"sts:AssumeRole","Condition":{}}]}')

IDENTITY_POLICY=$(echo -n '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ecr:ListImages"],"Resource":["arn:aws:ecr:'$AWS_REGION':'$ACCOUNT_ID':repository/team-a/*"]}]}')

aws iam create-role \
  --role-name $ECR_ACCESS_ROLE \
  --description "IAM role to test ECR repository access" \
  --assume-role-policy-document "$TRUST_POLICY" \
  --output text \
  --query 'Role.Arn'

aws iam create-policy \
  --policy-name $ECR_ACCESS_POLICY \
  --policy-document "$IDENTITY_POLICY" \
  --output text \
  --query 'Policy.Arn'

aws iam attach-role-policy \
  --role-name $ECR_ACCESS_ROLE \
  --policy-arn "arn:aws:iam::$ACCOUNT_ID:policy/$ECR_ACCESS_POLICY"

aws sts assume-role \
  --role-arn arn:aws:iam::${ACCOUNT_ID}:role/$ECR_ACCESS_ROLE \
  --role-session-name ECR-Access-Testing | jq -r .Credentials \
  > /tmp/ecrTester.json

cat << EoF > ~/.aws/credentials

[ecrTester]
aws_access_key_id=$(jq -r .AccessKeyId /tmp/ecrTester.json)
aws_secret_access_key=$(jq -r .SecretAccessKey /tmp/ecrTester.json)
aws_session_token=$(jq -r .SessionToken /tmp/ecrTester.json)

EoF

echo '== 9'
aws ecr list-images \
  --repository-name $ECR_REPO_A \
  --region $AWS_REGION \
  --profile ecrTester

echo '== 10'
aws ecr list-images \
  --repository-name $ECR_REPO_B \
  --region $AWS_REGION \
  --profile ecrTester
