"""S3's names of permissions."""


def apply():
    """HEAD of a bucket asks for an action s3:HeadBucket, which does not exist (it is s3:ListBucket), and HEAD of a
    version does not ask for s3:GetObjectVersion."""
    from moto.s3.responses import ACTION_MAP

    ACTION_MAP["BUCKET"]["HEAD"]["DEFAULT"] = "ListBucket"
    ACTION_MAP["KEY"]["HEAD"]["versionId"] = "GetObjectVersion"
