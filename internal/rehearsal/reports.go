package rehearsal

import (
	"context"
	"fmt"
	"strings"
)

// report makes the calls by which CodeBuild hands in a build's reports. What the
// files hold is not read.
//
// https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html
func (b *player) report(ctx context.Context) error {
	for _, group := range b.file.Reports {
		if err := b.reportTo(ctx, group.Value); err != nil {
			return fmt.Errorf("report group %s: %w", group.Value, err)
		}
	}
	return nil
}

// reportTo reports to a group. One with a plain name is the project's, and made.
func (b *player) reportTo(ctx context.Context, group string) error {
	role, calls := b.caller(b.role), []string{"CreateReport", "BatchPutTestCases", "BatchPutCodeCoverages", "UpdateReport"}
	arn := group
	if !strings.HasPrefix(group, "arn:") {
		calls = append([]string{"CreateReportGroup"}, calls...)
		arn = strings.Replace(b.project.ARN, ":project/", ":report-group/", 1) + "-" + group
	}
	for _, call := range calls {
		in := map[string]any{"reportGroupArn": arn}
		if err := emulated(role.json(ctx, "codebuild", "CodeBuild_20161006."+call, in, nil)); err != nil {
			return err
		}
	}
	return nil
}
