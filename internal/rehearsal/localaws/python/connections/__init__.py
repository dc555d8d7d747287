"""CodeConnections, the service behind a source at GitHub, GitLab or Bitbucket, which moto does not have. Written as
moto writes a service: models, responses, urls.

A connection stays PENDING, as on AWS, where a person must confirm it in the console."""
