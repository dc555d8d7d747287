package main

import (
	"os"
	"slices"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// entry is an entry of a map of schemas: a type, and what says what it has.
func entry(answer []byte, number protowire.Number, name string) []byte {
	var e []byte
	e = protowire.AppendTag(e, 1, protowire.BytesType)
	e = protowire.AppendString(e, name)
	e = protowire.AppendTag(e, 2, protowire.BytesType)
	e = protowire.AppendString(e, "schema of "+name)
	answer = protowire.AppendTag(answer, number, protowire.BytesType)
	return protowire.AppendBytes(answer, e)
}

// Of resources, data sources and what is ephemeral the named types stay, and of
// all else everything.
func TestOnly(t *testing.T) {
	const provider, resources, dataSources, diagnostics, functions, ephemeral = 1, 2, 3, 4, 7, 8
	var all, want []byte
	for _, part := range []struct {
		number protowire.Number
		name   string
		stays  bool
	}{
		{provider, "provider", true},
		{resources, "aws_lb", true},
		{resources, "aws_wafv2_web_acl", false},
		{dataSources, "aws_lb", true},
		{dataSources, "aws_vpcs", false},
		{diagnostics, "a warning", true},
		{functions, "arn_parse", true},
		{ephemeral, "aws_secretsmanager_secret", false},
	} {
		all = entry(all, part.number, part.name)
		if part.stays {
			want = entry(want, part.number, part.name)
		}
	}
	got, err := only(all, []string{"aws_lb", "aws_vpc"})
	if err != nil || string(got) != string(want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if _, err := only(all[:len(all)-1], nil); err == nil {
		t.Error("half a message is no error")
	}
}

func TestConfigured(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "resource \"aws_wafv2_web_acl\" \"this\" {\n  arn = aws_lb.this.arn\n}\n"
	if err := os.WriteFile("firewall.tf", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := settings{Types: []string{"aws_vpc", "aws_lb"}, Word: `aws_\w+`}.configured()
	if want := []string{"aws_lb", "aws_vpc", "aws_wafv2_web_acl"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
