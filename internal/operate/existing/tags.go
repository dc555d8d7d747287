package existing

import "github.com/aws/aws-sdk-go-v2/aws"

// tags makes a map of a service's own type of tags.
func tags[T any](all []T, of func(T) (key, value *string)) map[string]string {
	byKey := map[string]string{}
	for _, t := range all {
		key, value := of(t)
		byKey[aws.ToString(key)] = aws.ToString(value)
	}
	return byKey
}
