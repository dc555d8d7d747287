# One service reads a secret that exists by its name, another by its ARN, and one
# of each kind that another account shares.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  environment = {
    DATABASE_URL = secret("app/app-config", "url")
    MAIL_KEY     = secret("arn:aws:secretsmanager:eu-central-1:111122223333:secret:mail-Ab12Cd", "key")
  }
  build { context = "web" }
  load_balancer {}
}

service "worker" {
  environment = {
    FLAGS        = ssm("arn:aws:ssm:eu-central-1:111122223333:parameter/shared/flags")
    LEVEL        = ssm("/app/level")
    PREVIOUS_KEY = secret("arn:aws:secretsmanager:eu-central-1:111122223333:secret:mail-Ab12Cd:key:AWSPREVIOUS:")
    WHOLE        = secret("rds!db-3f2a")
  }
  build {
    context     = "worker"
    environment = {
      FLAGS    = ssm("arn:aws:ssm:eu-central-1:111122223333:parameter/shared/flags")
      PASSWORD = secret("rds!db-3f2a", "password")
      OLD_KEY  = secret("arn:aws:secretsmanager:eu-central-1:111122223333:secret:mail-Ab12Cd:key:AWSPREVIOUS:")
    }
  }
}
