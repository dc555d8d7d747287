"""Whose a bucket is, and what its policy says about the bucket itself."""


def apply():
    """moto does not compare a bucket's owner with the one that the request expects (x-amz-expected-bucket-owner, which
    S3 answers with 403), and looks into a bucket's policy only where a request is about an object: it lets a bucket be
    deleted that denies that to everybody."""
    from moto.iam.access_control import PermissionResult
    from moto.s3.exceptions import S3AccessDeniedError
    from moto.s3.models import s3_backends
    from moto.s3.responses import S3Response

    answer, authorize = S3Response._bucket_response, S3Response._authenticate_and_authorize_s3_action

    def answer_the_owner(self, request, full_url):
        expected = request.headers.get("x-amz-expected-bucket-owner")
        _, owner = s3_backends.bucket_accounts.get(self.parse_bucket_name_from_url(request, full_url), (None, expected))
        return (403, {}, "") if expected and owner != expected else answer(self, request, full_url)

    def authorize_by_policy(self, bucket_name=None, key_name=None):
        authorize(self, bucket_name=bucket_name, key_name=key_name)
        bucket = self.backend.buckets.get(bucket_name)
        if key_name or not bucket:
            return
        arn = f"arn:{bucket.partition}:s3:::{bucket_name}"
        if bucket.get_permission(f"s3:{self._get_action()}", arn) == PermissionResult.DENIED:
            raise S3AccessDeniedError()

    S3Response._bucket_response = answer_the_owner
    S3Response._authenticate_and_authorize_s3_action = authorize_by_policy
