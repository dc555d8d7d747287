"""What plain moto 5.2.1 does otherwise than AWS, taken away one difference at a time.

A fix is a module with a function apply, whose docstring says what moto does without it. Only the emulator is
changed: what runs against it runs unchanged against AWS.
"""

import importlib

FIXES = {
    "every service": ["missing_actions", "accounts", "access"],
    "applicationautoscaling": ["applicationautoscaling"],
    "autoscaling": ["autoscaling"],
    "codebuild": ["codebuild"],
    "codecommit": ["codecommit", "codecommit_branches"],
    "codepipeline": ["codepipeline"],
    "ec2": ["ec2", "ec2_in_use", "ec2_internet"],
    "ecr": ["ecr"],
    "ecs": ["ecs_capacity", "ecs_services", "ecs_task_definitions", "ecs_in_use"],
    "elb": ["elbv2"],
    "iam": ["iam_simulation"],
    "kms": ["kms"],
    "s3": ["s3_access", "s3_buckets", "s3_regions"],
    "secretsmanager": ["secretsmanager"],
    "ssm": ["ssm"],
}


def apply(service):
    for name in FIXES.get(service, []):
        importlib.import_module("fixes." + name).apply()
