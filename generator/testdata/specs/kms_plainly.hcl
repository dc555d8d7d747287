# A key of the team's own, with which every build reads something.
project "app" {
  region  = "eu-central-1"
  kms_key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

source "codecommit" { repository = "app" }

service "web" {
  build { environment = { TOKEN = ssm("/app/token") } }
}
