"""Which customer's key something is encrypted with. A key that AWS manages (alias/aws/ssm) needs no permission of its
own, and is none here."""

import fixes.ssm


def of_bucket(name, account, partition):
    from moto.s3.models import s3_backends

    bucket = s3_backends[account][partition].buckets.get(name)
    rule = ((bucket and bucket.encryption) or {}).get("Rule", {}).get("ApplyServerSideEncryptionByDefault", {})
    key = rule.get("KMSMasterKeyID")
    return arn(key, account, bucket.region_name) if key else None


def of_parameters(request):
    """The keys of the parameters that the request wants decrypted."""
    names = [name for name in request["Names"] or [request["Name"]] if name]
    found = [fixes.ssm.named(name, request.account, request.region) for name in names]
    secure = [p for p in found if p and p.parameter_type == "SecureString" and request["WithDecryption"]]
    return {arn(p.keyid, p.account_id, request.region) for p in secure} - {None}


def of_secret(secret, request):
    key = arn(secret.kms_key_id, secret.arn.split(":")[4], request.region) if secret.kms_key_id else None
    return {key} - {None}


def arn(key, account, region):
    from moto.kms.models import kms_backends

    return None if "alias/aws/" in key else kms_backends[account][region].describe_key(key).arn
