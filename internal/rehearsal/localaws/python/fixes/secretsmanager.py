"""Secrets Manager."""

import re


def apply():
    """moto finds a secret by an ARN that lacks the hyphen and the six characters at its end, whatever its name ends
    in. AWS takes a hyphen and six characters for those that it chose: a secret depot/app-config is not found as
    …:secret:depot/app-config. https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html and
    https://github.com/aws/aws-cdk/issues/27530

    moto also looks for a secret of another account in the caller's."""
    from moto.secretsmanager import models
    from moto.secretsmanager.responses import SecretsManagerResponse

    models.get_secret_name_from_partial_arn = name_in
    SecretsManagerResponse.backend = property(backend)


def name_in(identifier):
    """The name of the secret that an identifier means, once no secret has it for its name or its whole ARN."""
    if not identifier.startswith("arn:"):
        return identifier
    return "" if re.search(r"-[A-Za-z0-9]{6}$", identifier) else identifier.split(":")[-1]


def backend(response):
    account = account_of(response._get_param("SecretId"), response.current_account)
    return backends()[account][response.region]


def backends():
    from moto.secretsmanager.models import secretsmanager_backends

    return secretsmanager_backends


def account_of(identifier, caller):
    """The account of what a request names: by an ARN any, otherwise the caller's."""
    return identifier.split(":")[4] if (identifier or "").startswith("arn:") else caller


def named(identifier, account, region):
    """The secret that a request names, or None."""
    return backends()[account_of(identifier, account)][region].secrets.get(identifier or "")
