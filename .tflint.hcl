# What tfgen writes has to pass every rule of tflint's for the language itself, but one.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# It asks for a variables.tf where there are no variables, and for an outputs.tf alike.
rule "terraform_standard_module_structure" {
  enabled = false
}
