"""In which region a bucket is."""


def apply():
    """A bucket answers in whatever region it is asked for, where S3 answers another one with 301 and names the right
    one: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingRouting.html, PermanentRedirect."""
    from moto.s3.models import s3_backends
    from moto.s3.responses import S3Response

    answer = S3Response._bucket_response

    def answer_in_its_region(self, request, full_url):
        name = self.parse_bucket_name_from_url(request, full_url)
        partition, account = s3_backends.bucket_accounts.get(name, (self.partition, self.current_account))
        bucket = s3_backends[account][partition].buckets.get(name)
        if bucket and bucket.region_name != self.region:
            return 301, {"x-amz-bucket-region": bucket.region_name}, redirect(name, bucket)
        return answer(self, request, full_url)

    S3Response._bucket_response = answer_in_its_region


def redirect(name, bucket):
    endpoint = f"{name}.s3.{bucket.region_name}.amazonaws.com"
    message = "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint."
    return f"<Error><Code>PermanentRedirect</Code><Message>{message}</Message><Endpoint>{endpoint}</Endpoint><Bucket>{name}</Bucket></Error>"
