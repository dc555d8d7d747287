package generator_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestScanners holds the code of every spec to what checkov 3.2 and tflint's rules for
// AWS ask of it: a block that a rule looks at has what the rule wants, or says in a
// comment why not. The rules are from the scanners' sources, and neither is run here.
func TestScanners(t *testing.T) {
	skip := regexp.MustCompile(`checkov:skip=(\w+): \S`)
	met := map[string]bool{}
	for _, f := range terraformFiles(t) {
		skips := 0
		for _, block := range f.body.Blocks {
			// Checkov looks for comments between the first line and the last.
			_, inside, _ := bytes.Cut(f.src[block.OpenBraceRange.Start.Byte:block.CloseBraceRange.Start.Byte], []byte("\n"))
			skipped := map[string]bool{}
			for _, found := range skip.FindAllStringSubmatch(string(inside), -1) {
				skipped[found[1]] = true
				skips++
			}
			for _, rule := range scannerRules {
				if rule.block != address(block) {
					continue
				}
				met[rule.block] = true
				if !skipped[rule.id] && !f.has(block, rule.argument, rule.value) {
					t.Errorf("%s: %s: %s (%s) wants %s %s, or a comment checkov:skip=%s with a reason",
						f.name, address(block), rule.id, rule.name, rule.argument, rule.value, rule.id)
				}
				delete(skipped, rule.id)
			}
			for id := range skipped {
				t.Errorf("%s: %s skips %s, and the table has no such rule", f.name, address(block), id)
			}
		}
		if all := strings.Count(string(f.src), "checkov:skip="); all != skips {
			t.Errorf("%s: %d of %d skips are where checkov finds them, with a reason", f.name, skips, all)
		}
	}
	for _, rule := range scannerRules {
		if !met[rule.block] {
			t.Errorf("%s: no spec of the tests makes %s", rule.id, rule.block)
		}
	}
}

// scannerRules are the rules that are answered by an argument that somebody could take
// away, or by a comment. An argument that begins with a resource's type is one of the
// resource of that type and of the same name.
var scannerRules = []struct{ id, name, block, argument, value string }{
	{"CKV_AWS_2", "ALBListenerHTTPS", "aws_lb_listener", "protocol", `"HTTPS"`},
	{"CKV_AWS_18", "S3BucketLogging", "aws_s3_bucket", "aws_s3_bucket_logging", ""},
	{"CKV_AWS_65", "ECSClusterContainerInsights", "aws_ecs_cluster", "setting.value", `"enabled"`},
	{"CKV_AWS_79", "IMDSv1Disabled", "aws_launch_template", "metadata_options.http_tokens", `"required"`},
	{"CKV_AWS_91", "ELBv2AccessLogs", "aws_lb", "access_logs.enabled", "true"},
	{"CKV_AWS_103", "AppLoadBalancerTLS12", "aws_lb_listener", "protocol", `"HTTPS"`},
	{"CKV_AWS_131", "ALBDropHttpHeaders", "aws_lb", "drop_invalid_header_fields", "true"},
	{"CKV_AWS_144", "S3BucketReplicationConfiguration", "aws_s3_bucket", "aws_s3_bucket_replication_configuration", ""},
	{"CKV_AWS_145", "S3KMSEncryptedByDefault", "aws_s3_bucket",
		"aws_s3_bucket_server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm", `"aws:kms"`},
	{"CKV_AWS_147", "CodeBuildEncrypted", "aws_codebuild_project", "encryption_key", ""},
	{"CKV_AWS_149", "SecretManagerSecretEncrypted", "aws_secretsmanager_secret", "kms_key_id", ""},
	{"CKV_AWS_150", "LBDeletionProtection", "aws_lb", "enable_deletion_protection", "true"},
	{"CKV_AWS_158", "CloudWatchLogGroupKMSKey", "aws_cloudwatch_log_group", "kms_key_id", ""},
	{"CKV_AWS_219", "CodePipelineArtifactsEncrypted", "aws_codepipeline", "artifact_store.encryption_key", ""},
	{"CKV_AWS_316", "CodeBuildPrivilegedMode", "aws_codebuild_project", "environment.privileged_mode", "false"},
	{"CKV_AWS_333", "ECSServicePublicIP", "aws_ecs_service", "network_configuration.assign_public_ip", "false"},
	{"CKV_AWS_336", "ECSContainerReadOnlyRoot", "aws_ecs_task_definition", "", ""},
	{"CKV_AWS_338", "CloudWatchLogGroupRetentionYear", "aws_cloudwatch_log_group", "retention_in_days", "365"},
	{"CKV_AWS_378", "LBTargetGroup", "aws_lb_target_group", "protocol", `"HTTPS"`},
	{"CKV_AWS_394", "AWSAvailabilityZonesUnfiltered", "data.aws_availability_zones", "filter.name", `"zone-name"`},
	{"CKV2_AWS_11", "VPCHasFlowLog", "aws_vpc", "aws_flow_log", ""},
	{"CKV2_AWS_12", "VPCHasRestrictedSG", "aws_vpc", "aws_default_security_group", ""},
	{"CKV2_AWS_19", "EIPAllocatedToVPCAttachedEC2", "aws_eip", "instance", ""},
	{"CKV2_AWS_20", "ALBRedirectsHTTPToHTTPS", "aws_lb", "", ""},
	{"CKV2_AWS_28", "ALBProtectedByWAF", "aws_lb", "aws_wafv2_web_acl_association", ""},
	{"CKV2_AWS_34", "AWSSSMParameterShouldBeEncrypted", "aws_ssm_parameter", "type", `"SecureString"`},
	{"CKV2_AWS_37", "CodecommitApprovalRulesAttached", "aws_codecommit_repository", "aws_codecommit_approval_rule_template_association", ""},
	{"CKV2_AWS_57", "SecretsAreRotated", "aws_secretsmanager_secret", "aws_secretsmanager_secret_rotation", ""},
	{"CKV2_AWS_62", "S3BucketEventNotifications", "aws_s3_bucket", "aws_s3_bucket_notification", ""},
	{"CKV2_AWS_67", "S3CMKRegularRotation", "aws_s3_bucket_server_side_encryption_configuration", "", ""},

	// tflint's, which are on by default.
	{"aws_ecs_service_invalid_propagate_tags", "", "aws_ecs_service", "propagate_tags", `"SERVICE"`},
	{"aws_lb_target_group_invalid_target_type", "", "aws_lb_target_group", "target_type", `"ip"`},
}

// address is a resource's type, or that of a data source with data. before it.
func address(block *hclsyntax.Block) string {
	if len(block.Labels) == 0 {
		return block.Type
	}
	return strings.TrimPrefix(block.Type+"."+block.Labels[0], "resource.")
}

// has says whether a block has an argument, or a block in it; any value is "".
func (f terraform) has(block *hclsyntax.Block, argument, value string) bool {
	steps := strings.Split(argument, ".")
	if !strings.HasPrefix(argument, "aws_") {
		return f.within(block.Body, steps, value)
	}
	return slices.ContainsFunc(f.body.Blocks, func(other *hclsyntax.Block) bool {
		same := address(other) == steps[0] && other.Labels[1] == block.Labels[1]
		return same && (len(steps) == 1 || f.within(other.Body, steps[1:], value))
	})
}

func (f terraform) within(body *hclsyntax.Body, steps []string, value string) bool {
	if attribute := body.Attributes[steps[0]]; attribute != nil && len(steps) == 1 {
		return value == "" || string(attribute.Expr.Range().SliceBytes(f.src)) == value
	}
	return slices.ContainsFunc(body.Blocks, func(block *hclsyntax.Block) bool {
		return block.Type == steps[0] && (len(steps) == 1 || f.within(block.Body, steps[1:], value))
	})
}
