dynamic "variable" {
  for_each = spec.create[*]
  labels   = ["description"]

  content {
    type        = string
    description = "What the repository holds, in a sentence that its page in the console shows."
  }
}

variable "name" {
  type        = string
  description = "Name of the CodeCommit repository, at most 100 characters."
}
