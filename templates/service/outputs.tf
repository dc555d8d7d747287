output "execution_role_name" {
  description = "Name of the role that starts tasks, to let it read what your own files add to the task definition."
  value       = aws_iam_role.execution.name
}

output "security_group_id" {
  description = "ID of the tasks' security group, to open a database to them. They reach HTTPS, their VPC, and what the spec names."
  value       = aws_security_group.this.id
}

dynamic "output" {
  for_each = spec.load_balanced[*]
  labels   = ["target_group_arn"]

  content {
    description = "ARN of the target group, to watch how its tasks answer."
    value       = aws_lb_target_group.this.arn
  }
}

output "task_role_name" {
  description = "Name of the role that tasks run as, to add a permission of your own to."
  value       = aws_iam_role.task.name
}
