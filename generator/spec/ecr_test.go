package spec

import "testing"

func TestECRImage(t *testing.T) {
	for image, want := range map[string]Repository{
		"123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/proxy:1.4":  {"123456789012", "eu-west-1", "platform/proxy"},
		"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/proxy@sha256:0a": {"123456789012", "cn-north-1", "proxy"},
		"123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/proxy":      {"123456789012", "us-gov-west-1", "proxy"},
		"public.ecr.aws/docker/library/nginx:1.28":                         {},
		"nginx": {},
		"example.com/123456789012.dkr.ecr.eu-west-1.amazonaws.com/platform/proxy": {},
	} {
		if got, ok := ECRImage(image); got != want || ok != (want != Repository{}) {
			t.Errorf("%s: %v, %v, want %v", image, got, ok, want)
		}
	}
}
