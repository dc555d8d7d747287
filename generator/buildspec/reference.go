package buildspec

// ParseSecret reads SECRET:KEY:STAGE:VERSION, as a variable of the type
// SECRETS_MANAGER names its value: all but the first may be missing, and the
// first may be an ARN.
func ParseSecret(reference string) SecretVariable {
	return secretVariable(Variable{Value: reference})
}
