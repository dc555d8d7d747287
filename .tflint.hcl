# What tfgen writes has to pass every rule of tflint's for the language itself.
plugin "terraform" {
  enabled = true
  preset  = "all"
}
